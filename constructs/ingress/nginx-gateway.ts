import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { CustomResource } from "../addons/manifests";
import { operatorPaths, type Pods } from "../connections/path";
import type { SignalExpressions } from "../monitoring/signals";
import type { ClientSettingsPolicy } from "./client-settings-policy";
import { policyTarget, proxyJob, type GatewayServer, type GatewayServerProps, type ObjectName, type PolicyTarget } from "./gateway-server";
import type { ProxySettingsPolicy } from "./proxy-settings-policy";

const defaults = { chart: "nginx-gateway-fabric", className: "nginx" } as const;

/** Port on which the control plane waits for its proxies. */
const controlPort = 8443;

/** Port on which control plane and proxies have their metrics. */
const metricsPort = 9113;

/** NGINX Gateway Fabric, with its own types. The control plane starts the proxies when there is a Gateway. */
export class NginxGateway extends HelmAddon implements GatewayServer {
  readonly className = defaults.className;
  readonly proxies: Pods;
  readonly proxyHost: string;
  readonly signals = nginxSignals;
  private readonly gateway: ObjectName;

  constructor(scope: Construct, id: string, { setting, namespace, gateway, ports, requires }: GatewayServerProps) {
    const { replicas, resources } = setting.footprint;
    const [control, proxy] = [resources("medium"), resources("medium")];
    const podsOf = (labels: Pods["labels"]): Pods => ({ namespace: namespace.namespaceName, labels });
    const controller = podsOf({ "app.kubernetes.io/name": defaults.chart });
    // It makes the certificates of control plane and proxies, before they start.
    const certificates = podsOf({ "batch.kubernetes.io/job-name": `${defaults.chart}-cert-generator` });
    const proxies = podsOf({ "gateway.networking.k8s.io/gateway-name": gateway });
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      requires,
      asks: [
        { replicas, resources: control },
        { replicas, resources: proxy },
      ],
      paths: [
        ...operatorPaths(controller),
        { from: certificates, to: "api-server" },
        { from: proxies, to: "dns" },
        { from: proxies, to: controller, ports: [{ port: controlPort }] },
        { from: "laptop", to: proxies, ports: ports.map(({ port }) => ({ port })) }, // proxies listen on the gateway's own ports
      ],
      values: {
        nginxGateway: {
          gatewayClassName: defaults.className,
          replicas,
          resources: control,
          productTelemetry: { enable: false },
        },
        nginx: {
          replicas,
          container: { resources: proxy },
          config: { ipFamily: "ipv4" }, // pods of a Kind cluster have no other
          service: {
            type: "NodePort",
            externalTrafficPolicy: "Cluster", // ports of the laptop lead to the control plane's node, where no proxy runs
            nodePorts: ports.map(({ port, nodePort }) => ({ listenerPort: port, port: nodePort })),
          },
        },
      },
      metrics: [
        { pods: controller, port: metricsPort },
        { pods: proxies, port: metricsPort, job: proxyJob },
      ],
    });
    this.proxies = proxies;
    this.proxyHost = `${gateway}-${defaults.className}.${namespace.namespaceName}`; // it calls the service by its gateway and class
    this.gateway = { namespace: namespace.namespaceName, name: gateway };
  }

  proxyPort(port: number): number {
    return port;
  }

  companions(timeoutSeconds: number): readonly CustomResource[] {
    const { name } = this.gateway;
    const settings = proxySettings(this.gateway, policyTarget("Gateway", name), timeoutSeconds);
    const anySize: ClientSettingsPolicy = {
      apiVersion: "gateway.nginx.org/v1alpha1",
      kind: "ClientSettingsPolicy",
      metadata: this.gateway,
      spec: { targetRef: policyTarget("Gateway", name), body: { maxSize: "0" } },
    };
    const unbuffered: ProxySettingsPolicy = { ...settings, spec: { ...settings.spec, buffering: { disable: true } } };
    return [anySize, unbuffered];
  }

  /** By a policy: it ignores the timeouts of an HTTPRoute itself (docs.nginx.com, Gateway API compatibility). */
  timeoutOf(route: ObjectName, timeoutSeconds: number): CustomResource {
    return proxySettings(route, policyTarget("HTTPRoute", route.name), timeoutSeconds);
  }
}

function proxySettings(metadata: ObjectName, target: PolicyTarget, timeoutSeconds: number): ProxySettingsPolicy {
  const timeout = `${timeoutSeconds}s`;
  return {
    apiVersion: "gateway.nginx.org/v1alpha1",
    kind: "ProxySettingsPolicy",
    metadata,
    spec: { targetRefs: [target], timeout: { read: timeout, send: timeout } },
  };
}

/** By the proxies themselves. NGINX counts requests and no answers: neither their statuses nor the time until them, unless it is NGINX Plus. */
const nginxSignals: SignalExpressions<"gateway"> = {
  requests: `sum(rate(nginx_http_requests_total{job="${proxyJob}"}[5m]))`,
  connections: `sum(nginx_http_connection_count_connections{job="${proxyJob}", nginx_connections_outcome="ACTIVE"})`,
  errors: undefined,
  latency: undefined,
};
