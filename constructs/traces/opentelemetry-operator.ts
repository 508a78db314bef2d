import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { Installed } from "../addons/installed";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths, type Pods } from "../connections/path";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { allBut, kubernetesNamespaces } from "../policy/policy-scope";

export interface OpenTelemetryOperatorProps extends AddonProps {
  /** Signs the certificate of the webhooks. */
  readonly certManager: Installed;
}

const defaults = { chart: "opentelemetry-operator", namespace: "opentelemetry-operator" } as const;

/** Ports in the pods of the chart, its defaults. */
const ports = { metrics: 8443, webhooks: 9443 } as const;

/** Seconds that the start of a pod may wait for the webhook. Kubernetes' own default is ten, too long where nobody answers. */
const patienceSeconds = 5;

/** Puts the agents of OpenTelemetry into pods that ask for it by an annotation. It runs no collectors: ours is a release of its own. */
export class OpenTelemetryOperator extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, certManager }: OpenTelemetryOperatorProps) {
    const { environment, footprint } = setting;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const operator: Pods = { namespace: defaults.namespace, labels: { "app.kubernetes.io/name": defaults.chart } };
    const resources = footprint.resources("small");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: footprint.replicas, resources }],
      paths: operatorPaths(operator, ports.webhooks),
      requires: [certManager],
      values: {
        replicaCount: footprint.replicas,
        pdb: { create: footprint.replicas > 1 },
        manager: {
          resources,
          createRbacPermissions: false, // else it may give away what it does not have itself
          metrics: { secure: false }, // nobody but Prometheus has a way there
        },
        admissionWebhooks: {
          certManager: { enabled: true },
          autoGenerateCert: { enabled: false }, // another one with every release
          // It is asked about every pod: while it is away pods start without an agent, and those of Kubernetes' own never ask.
          pods: { failurePolicy: "Ignore" },
          timeoutSeconds: patienceSeconds,
          namespaceSelector: { ...allBut(kubernetesNamespaces) },
        },
      },
      metrics: [{ pods: operator, port: ports.metrics }],
    });
  }
}
