import { appliedValue } from "./value-context";

const service = "kubernetes_service_v1";

describe("values of Kubernetes", () => {
  it("name an object by its namespace, where it has one", () => {
    const metadata = [{ name: "web", namespace: "shop" }];
    expect(appliedValue("id", "kubernetes_config_map_v1", { metadata })).toBe("shop/web");
    expect(appliedValue("id", "kubernetes_secret_v1", { metadata: [{ name: "web", namespace: null }] })).toBe("default/web");
    expect(appliedValue("id", "kubernetes_namespace_v1", { metadata })).toBe("web");
  });

  it("generate a name", () => {
    const metadata = [{ generate_name: "web-" }];
    expect(appliedValue("metadata.name", "kubernetes_job_v1", { metadata })).toMatch(/^web-[0-9a-f]{5}$/);
    expect(appliedValue("id", "kubernetes_job_v1", { metadata })).toBe(
      `default/${String(appliedValue("metadata.name", "kubernetes_job_v1", { metadata }))}`,
    );
  });

  it("have a UUID, a version in digits, and a generation where the API server counts it", () => {
    expect(appliedValue("metadata.uid", service)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(appliedValue("metadata.resource_version", service)).toMatch(/^[1-9]\d*$/);
    expect(["kubernetes_deployment_v1", "kubernetes_config_map_v1"].map((type) => appliedValue("metadata.generation", type))).toEqual([
      1, 0,
    ]);
  });

  it("give a service an address in the cluster", () => {
    const address = appliedValue("spec.cluster_ip", service);
    expect(address).toMatch(/^10\.96\.\d{1,3}\.\d{1,3}$/);
    expect(appliedValue("spec.cluster_ips", service)).toEqual([address]);
  });

  it("open a port of the nodes for a service that asks for one, and for no other", () => {
    expect(appliedValue("spec.port.node_port", service, { spec: [{ type: "ClusterIP" }] })).toBe(0);
    const port = Number(appliedValue("spec.port.node_port", service, { spec: [{ type: "NodePort" }] }));
    expect(port).toBeGreaterThanOrEqual(30_000);
    expect(port).toBeLessThan(32_768);
    expect(appliedValue("spec.port.target_port", service, { spec: [{ port: [{ port: 80 }] }] })).toBe("80");
  });

  it("put a load balancer before a service that asks for one, and before no other", () => {
    const ingress = (type: string) => appliedValue("status", service, { metadata: [{ name: "web" }], spec: [{ type }] });
    const hostname = expect.stringMatching(/^k8s-web-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/) as string;
    expect(ingress("LoadBalancer")).toEqual([{ load_balancer: [{ ingress: [{ hostname, ip: "" }] }] }]);
    expect(ingress("ClusterIP")).toEqual([{ load_balancer: [{ ingress: [] }] }]);
  });

  it("bind a claim to a volume that is called after it", () => {
    const type = "kubernetes_persistent_volume_claim_v1";
    expect(appliedValue("spec.volume_name", type)).toBe(`pvc-${String(appliedValue("metadata.uid", type))}`);
  });
});
