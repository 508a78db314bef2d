import { EnvoyGateway } from "../../../constructs/ingress/envoy-gateway";
import { charts } from "../../../constructs/ledger/charts";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { release, valuesOf } from "../../released";
import { gatewayServerOf, outside } from "./gateway-stack";

const { local } = environments;

describe("EnvoyGateway", () => {
  const { server, stack } = gatewayServerOf(local, (scope, props) => new EnvoyGateway(scope, "Envoy", props));
  const envoy = release(stack, "gateway-helm");

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release", // types of the Gateway API
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // deny everything
      "kubernetes_network_policy_v1", // the controller
      "kubernetes_network_policy_v1", // the job that makes certificates
      "kubernetes_network_policy_v1", // the proxies
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("brings its own types, and comes after those of the Gateway API", () => {
    expect(valuesOf(envoy)).toMatchObject({ crds: { enabled: true }, topologyInjector: { enabled: false } });
    expect(envoy.depends_on).toContain(stack.address("helm_release", "Types"));
  });

  it("is supported until the day that the project names", () => {
    expect(charts["gateway-helm"].support).toEqual({ ends: "2027-02-14", saidBy: "project" });
  });

  it("lets the laptop reach the proxies on ports without privilege, the proxies the controller, and nobody else anybody", () => {
    const dns = ["to kube-system/kube-dns 53/UDP 53"];
    const apiServer = outside.map((block) => `to ${block} 6443 443`);
    expect(networkPaths(stack)).toEqual({
      "default-deny": ["nothing, Ingress and Egress"],
      "gateway-helm-envoy-gateway": ["from gateway/gateway 18000", ...apiServer, ...dns],
      "gateway-helm-certgen": apiServer,
      "gateway-helm-gateway": [...outside.map((block) => `from ${block} 10080 10443`), ...dns, "to gateway/envoy-gateway 18000"],
    });
  });

  it("starts proxies behind the node ports that the laptop's lead to", () => {
    const [proxy, gatewayClass] = server.companions(60);
    expect(proxy).toMatchObject({
      kind: "EnvoyProxy",
      metadata: { namespace: "gateway", name: "gateway" },
      spec: {
        provider: {
          kubernetes: {
            envoyDeployment: { replicas: 1, container: { resources: { requests: { cpu: "25m", memory: "96Mi" } } } },
            envoyService: {
              name: "gateway-proxies",
              type: "NodePort",
              externalTrafficPolicy: "Cluster",
              patch: {
                type: "StrategicMerge",
                value: {
                  spec: {
                    ports: [
                      { port: 80, nodePort: 30080 },
                      { port: 443, nodePort: 30443 },
                    ],
                  },
                },
              },
            },
          },
        },
      },
    });
    expect(gatewayClass).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "envoy" },
      spec: {
        controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
        parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", name: "gateway", namespace: "gateway" },
      },
    });
  });

  it("counts silence alone against a timeout, of the gateway and of a route", () => {
    const http = (seconds: number) => ({ timeout: { http: { streamIdleTimeout: `${seconds}s`, requestTimeout: "0s" } } });
    const target = (kind: string, name: string) => ({ targetRefs: [{ group: "gateway.networking.k8s.io", kind, name }] });
    expect(server.companions(60)[2]?.kind).toBe("BackendTrafficPolicy");
    expect(server.companions(60)[2]).toMatchObject({
      metadata: { namespace: "gateway" },
      spec: { ...target("Gateway", "gateway"), ...http(60) },
    });
    expect(server.timeoutOf({ namespace: "shop", name: "api" }, 5)).toMatchObject({
      metadata: { namespace: "shop", name: "api" },
      spec: { ...target("HTTPRoute", "api"), ...http(5) },
    });
  });

  it("fails when the environment gives it a value that the chart does not know", () => {
    const odd = { ...local, addonValues: { "gateway-helm": { deployment: { replica: 2 } } } };
    const build = () => gatewayServerOf(odd, (scope, props) => new EnvoyGateway(scope, "Envoy", props));
    expect(build).toThrow("local.addonValues.gateway-helm.deployment: replica is 2, must be a value that gateway-helm has");
  });
});
