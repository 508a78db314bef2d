import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths } from "../connections/path";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { restrictedContainer } from "../shared/restricted-pod";
import { collectorConfiguration, collectorPorts, tempoReceiverPort } from "./collector-configuration";

export interface OpenTelemetryCollectorProps extends AddonProps {
  /** Namespace of what watches the platform. */
  readonly namespace: GuardedNamespace;
}

const defaults = { chart: "opentelemetry-collector", name: "otel-collector" } as const;

/** Distribution for Kubernetes: small, and with all that is used here. */
const distribution = {
  image: "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s",
  program: "otelcol-k8s",
} as const;

/** User of the image. */
const user = 10001;

/**
 * Takes traces and metrics of workloads in, says whose they are, and hands them to Tempo and Prometheus.
 *
 * There is one pod in every environment: whether a trace is kept can only be decided where all of its spans are. While it is replaced, SDKs
 * keep for a moment what they could not send; traces that waited for their decision are lost. It is a release of its own and no object of
 * the operator: Terraform waits until it runs, and it does not need the operator's webhooks.
 */
export class OpenTelemetryCollector extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, namespace }: OpenTelemetryCollectorProps) {
    const { environment, footprint } = setting;
    const resources = footprint.resources("medium");
    const { pods } = telemetry.collector;
    const off = { enabled: false };
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: 1, resources }],
      paths: [
        ...operatorPaths(pods), // it asks whose addresses these are
        { from: pods, to: telemetry.traces.pods, ports: [{ port: tempoReceiverPort }] },
        { from: pods, to: telemetry.prometheus.pods, ports: [{ port: telemetry.prometheus.port }] },
      ],
      values: {
        mode: "deployment",
        nameOverride: defaults.name,
        fullnameOverride: defaults.name,
        image: { repository: distribution.image },
        command: { name: distribution.program },
        replicaCount: 1,
        resources,
        alternateConfig: collectorConfiguration(environment, footprint.replicas),
        clusterRole: { create: true, rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }] },
        ports: {
          "jaeger-compact": off,
          "jaeger-grpc": off,
          "jaeger-thrift": off,
          zipkin: off,
          metrics: { enabled: true, containerPort: collectorPorts.metrics, servicePort: collectorPorts.metrics },
        },
        podSecurityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, seccompProfile: { type: "RuntimeDefault" } },
        securityContext: restrictedContainer,
      },
      metrics: [{ pods, port: collectorPorts.metrics }],
    });
  }
}
