import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { CustomResource } from "../addons/manifests";
import { operatorPaths, type Pods } from "../connections/path";
import type { SignalExpressions } from "../monitoring/signals";
import type { BackendTrafficPolicy } from "./backend-traffic-policy";
import type { EnvoyProxy } from "./envoy-proxy";
import type { GatewayClass } from "./gateway-class";
import { policyTarget, proxyJob, type GatewayServer, type GatewayServerProps, type ObjectName, type PolicyTarget } from "./gateway-server";

const defaults = { chart: "gateway-helm", className: "envoy" } as const;

/** Port on which the controller has the proxies' configuration. */
const configurationPort = 18_000;

/** Port on which controller and proxies have their metrics. */
const metricsPort = 19_001;

/** Service in front of the proxies; without a name it would get one with a hash in it. */
const proxyService = "gateway-proxies";

/** Added to ports below 1024, so that proxies need no privilege to listen. */
const unprivileged = 10_000;

/** Envoy Gateway, with its own types. The controller starts the proxies when there is a Gateway. */
export class EnvoyGateway extends HelmAddon implements GatewayServer {
  readonly className = defaults.className;
  readonly proxies: Pods;
  readonly proxyHost: string;
  readonly signals = envoySignals;
  private readonly props: GatewayServerProps;

  constructor(scope: Construct, id: string, props: GatewayServerProps) {
    const { setting, namespace, gateway, ports, requires } = props;
    const { replicas, resources } = setting.footprint;
    const podsOf = (labels: Pods["labels"]): Pods => ({ namespace: namespace.namespaceName, labels });
    const controller = podsOf({ "control-plane": "envoy-gateway" });
    const proxies = podsOf({ "gateway.envoyproxy.io/owning-gateway-name": gateway });
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      requires,
      asks: [
        { replicas, resources: resources("medium") },
        { replicas, resources: resources("medium") },
      ],
      paths: [
        ...operatorPaths(controller),
        { from: podsOf({ app: "certgen" }), to: "api-server" }, // the job that makes the certificates of controller and proxies
        { from: proxies, to: "dns" },
        { from: proxies, to: controller, ports: [{ port: configurationPort }] },
        { from: "laptop", to: proxies, ports: ports.map(({ port }) => ({ port: listeningPort(port) })) },
      ],
      values: {
        // Its own types; those of the Gateway API are there, and Helm leaves what is there as it is.
        crds: { enabled: true },
        deployment: { replicas, envoyGateway: { resources: resources("medium") } },
        podDisruptionBudget: { minAvailable: replicas > 1 ? 1 : 0 },
        topologyInjector: { enabled: false }, // a webhook that tells proxies their zone; a laptop has one
      },
      metrics: [
        { pods: controller, port: metricsPort },
        { pods: proxies, port: metricsPort, path: "/stats/prometheus", job: proxyJob },
      ],
    });
    this.proxies = proxies;
    this.proxyHost = `${proxyService}.${namespace.namespaceName}`;
    this.props = props;
  }

  proxyPort(port: number): number {
    return listeningPort(port);
  }

  companions(timeoutSeconds: number): readonly CustomResource[] {
    const { gateway, namespace } = this.props;
    const metadata: ObjectName = { namespace: namespace.namespaceName, name: gateway };
    return [this.proxy(metadata), gatewayClass(metadata), trafficPolicy(metadata, policyTarget("Gateway", gateway), timeoutSeconds)];
  }

  timeoutOf(route: ObjectName, timeoutSeconds: number): CustomResource {
    return trafficPolicy(route, policyTarget("HTTPRoute", route.name), timeoutSeconds);
  }

  private proxy(metadata: ObjectName): EnvoyProxy {
    const { ports, setting } = this.props;
    return {
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "EnvoyProxy",
      metadata,
      spec: {
        provider: {
          type: "Kubernetes",
          kubernetes: {
            envoyDeployment: { replicas: setting.footprint.replicas, container: { resources: setting.footprint.resources("medium") } },
            envoyService: {
              name: proxyService,
              type: "NodePort",
              externalTrafficPolicy: "Cluster", // ports of the laptop lead to the control plane's node, where no proxy runs
              patch: { type: "StrategicMerge", value: { spec: { ports } } },
            },
          },
        },
      },
    };
  }
}

/** Port on which proxies listen for one of the gateway. */
function listeningPort(port: number): number {
  return port < 1024 ? port + unprivileged : port;
}

function gatewayClass(proxy: ObjectName): GatewayClass {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name: defaults.className },
    spec: {
      controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
      parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", ...proxy },
    },
  };
}

/** Silence is what counts, as for load balancers; Envoy would end any answer after 15 seconds. */
function trafficPolicy(metadata: ObjectName, target: PolicyTarget, timeoutSeconds: number): BackendTrafficPolicy {
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "BackendTrafficPolicy",
    metadata,
    spec: { targetRefs: [target], timeout: { http: { streamIdleTimeout: `${timeoutSeconds}s`, requestTimeout: "0s" } } },
  };
}

/** Of the gateway's listeners; the proxies have others, for their administration and for who asks whether they are ready. */
const listeners = `job="${proxyJob}", envoy_http_conn_manager_prefix=~"https?-.*"`;

const perSecond = (metric: string, further = "") => `sum(rate(envoy_http_downstream_${metric}{${listeners}${further}}[5m]))`;

/** By the proxies themselves. */
const envoySignals: SignalExpressions<"gateway"> = {
  requests: perSecond("rq_total"),
  connections: `sum(envoy_http_downstream_cx_active{${listeners}})`,
  errors: `${perSecond("rq_xx", ', envoy_response_code_class="5"')} / (${perSecond("rq_total")} > 0)`,
  latency: `${perSecond("rq_time_sum")} / (${perSecond("rq_time_count")} > 0) / 1000`, // they count milliseconds
};
