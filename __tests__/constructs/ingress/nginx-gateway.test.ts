import { NginxGateway } from "../../../constructs/ingress/nginx-gateway";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { release, valuesOf } from "../../released";
import { gatewayServerOf, outside } from "./gateway-stack";

const { local } = environments;

describe("NginxGateway", () => {
  const { server, stack } = gatewayServerOf(local, (scope, props) => new NginxGateway(scope, "Nginx", props));
  const nginx = release(stack, "nginx-gateway-fabric");

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release", // types of the Gateway API
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // deny everything
      "kubernetes_network_policy_v1", // the control plane
      "kubernetes_network_policy_v1", // the job that makes certificates
      "kubernetes_network_policy_v1", // the proxies
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("brings its own types, and comes after those of the Gateway API", () => {
    expect(nginx).toMatchObject({ chart: "nginx-gateway-fabric", version: "2.6.7", skip_crds: false });
    expect(nginx.depends_on).toContain(stack.address("helm_release", "Types"));
  });

  it("puts the gateway on the node ports that the laptop's lead to, on whatever node its proxy is", () => {
    expect(valuesOf(nginx)).toMatchObject({
      nginx: {
        service: {
          type: "NodePort",
          externalTrafficPolicy: "Cluster",
          nodePorts: [
            { listenerPort: 80, port: 30080 },
            { listenerPort: 443, port: 30443 },
          ],
        },
      },
    });
  });

  it("tells nobody that it is here", () => {
    expect(valuesOf(nginx)).toMatchObject({ nginxGateway: { productTelemetry: { enable: false } } });
    expect(JSON.stringify(stack.all("kubernetes_network_policy_v1"))).not.toContain("0.0.0.0/0");
  });

  it("lets the laptop reach the proxies, the proxies the control plane, and nobody else anybody", () => {
    const dns = ["to kube-system/kube-dns 53/UDP 53"];
    const apiServer = outside.map((block) => `to ${block} 6443 443`);
    expect(networkPaths(stack)).toEqual({
      "default-deny": ["nothing, Ingress and Egress"],
      "nginx-gateway-fabric-nginx-gateway-fabric": ["from gateway/gateway 8443", ...apiServer, ...dns],
      "nginx-gateway-fabric-nginx-gateway-fabric-cert-generator": apiServer,
      "nginx-gateway-fabric-gateway": [...outside.map((block) => `from ${block} 80 443`), ...dns, "to gateway/nginx-gateway-fabric 8443"],
    });
  });

  it("leaves room for control plane, proxies and jobs in restricted pods", () => {
    const namespace = stack.one("kubernetes_namespace_v1").metadata as { readonly labels: Readonly<Record<string, string>> };
    expect(namespace.labels["pod-security.kubernetes.io/enforce"]).toBe("restricted");
    expect(stack.one("kubernetes_resource_quota_v1").spec).toEqual({
      hard: { pods: "9", "requests.cpu": "150m", "requests.memory": "544Mi" },
    });
  });

  it("passes answers on as they come and takes bodies of any size, as load balancers do", () => {
    const target = { group: "gateway.networking.k8s.io", kind: "Gateway", name: "gateway" };
    const metadata = { namespace: "gateway", name: "gateway" };
    expect(server.companions(60)).toEqual([
      {
        apiVersion: "gateway.nginx.org/v1alpha1",
        kind: "ClientSettingsPolicy",
        metadata,
        spec: { targetRef: target, body: { maxSize: "0" } },
      },
      {
        apiVersion: "gateway.nginx.org/v1alpha1",
        kind: "ProxySettingsPolicy",
        metadata,
        spec: { targetRefs: [target], timeout: { read: "60s", send: "60s" }, buffering: { disable: true } },
      },
    ]);
  });

  it("gives a route a timeout by a policy: it would ignore that of the route itself", () => {
    expect(server.timeoutOf({ namespace: "shop", name: "api" }, 5)).toEqual({
      apiVersion: "gateway.nginx.org/v1alpha1",
      kind: "ProxySettingsPolicy",
      metadata: { namespace: "shop", name: "api" },
      spec: { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "api" }], timeout: { read: "5s", send: "5s" } },
    });
  });

  it("fails when the environment gives it a value that the chart does not know", () => {
    const odd = { ...local, addonValues: { "nginx-gateway-fabric": { nginxGateway: { productTelemetry: { enabled: false } } } } };
    const build = () => gatewayServerOf(odd, (scope, props) => new NginxGateway(scope, "Nginx", props));
    expect(build).toThrow("local.addonValues.nginx-gateway-fabric.nginxGateway.productTelemetry: enabled is false, must be");
  });
});
