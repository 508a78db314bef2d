import { GuardedNamespace, type GuardedNamespaceProps } from "../../../constructs/namespaces/guarded-namespace";
import { describe as told } from "../../../constructs/shared/errors";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";

const { dev } = environments;
const resources = { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "2Gi" } };

function guarded(props: Partial<GuardedNamespaceProps> = {}) {
  return platformStackOf(dev, ({ stack }) => new GuardedNamespace(stack, "Shop", { environment: dev, name: "shop", ...props }));
}

function hard(props: Partial<GuardedNamespaceProps>): unknown {
  return (guarded(props).one("kubernetes_resource_quota_v1") as { spec: { hard: unknown } }).spec.hard;
}

function problems(environment: Environment, asks: GuardedNamespaceProps["asks"]): readonly string[] {
  const found: string[] = [];
  platformStackOf(environment, ({ stack }) => {
    const namespace = new GuardedNamespace(stack, "Shop", { environment, name: "shop", ...(asks ? { asks } : {}) });
    found.push(...namespace.problems().map(told));
  });
  return found;
}

describe("GuardedNamespace", () => {
  const stack = guarded();

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1", // for containers that ask for nothing
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // denies both ways
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("denies all traffic of all pods, both ways", () => {
    expect(stack.one("kubernetes_network_policy_v1")).toMatchObject({
      metadata: { name: "default-deny", namespace: expect.stringContaining("kubernetes_namespace_v1") },
    });
    // Neither an empty selector's labels nor a rule: either would admit somebody.
    expect(stack.one("kubernetes_network_policy_v1").spec).toEqual({ pod_selector: {}, policy_types: ["Ingress", "Egress"] });
  });

  it("gives no token to pods that name no service account", () => {
    expect(stack.one("kubernetes_default_service_account_v1").automount_service_account_token).toBe(false);
  });

  it("gives containers that ask for nothing requests, which the quota demands, and a limit of memory", () => {
    expect(stack.one("kubernetes_limit_range_v1").spec).toEqual({
      limit: [{ type: "Container", default: { memory: "256Mi" }, default_request: { cpu: "10m", memory: "32Mi" } }],
    });
  });

  it("has guards that wait for nothing but the namespace", () => {
    platformStackOf(dev, ({ stack: scope }) => {
      const { guards } = new GuardedNamespace(scope, "Shop", { environment: dev, name: "shop" });
      expect(guards).toHaveLength(4);
    });
  });

  it("refuses pods that are not restricted", () => {
    expect(stack.one("kubernetes_namespace_v1").metadata).toEqual({
      name: "shop",
      labels: { "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted" },
    });
  });

  it("lets more in only with the reason, which stands at the namespace, and still warns", () => {
    const open = guarded({ podSecurity: { level: "privileged", reason: "node agents mount the host's disks" } });
    expect(open.one("kubernetes_namespace_v1").metadata).toEqual({
      name: "shop",
      labels: { "pod-security.kubernetes.io/enforce": "privileged", "pod-security.kubernetes.io/warn": "restricted" },
      annotations: { "evenkeel/pod-security-reason": "node agents mount the host's disks" },
    });
  });

  it("has room for everything twice, as updates need, and for jobs", () => {
    expect(hard({})).toEqual({ pods: "5", "requests.cpu": "50m", "requests.memory": "160Mi" });
    const asks = [
      { replicas: 2, resources },
      { replicas: 1, resources: { ...resources, requests: { cpu: "1", memory: "512Mi" } } },
    ];
    expect(hard({ asks })).toEqual({ pods: "11", "requests.cpu": "3050m", "requests.memory": "5280Mi" });
  });

  it("takes what the environment says for single fields instead", () => {
    const environment = { ...dev, quotas: { shop: { memoryMib: 4096 } } };
    expect(hard({ environment, asks: [{ replicas: 1, resources }] })).toEqual({
      pods: "7",
      "requests.cpu": "550m",
      "requests.memory": "4096Mi",
    });
  });

  it("fails when the environment's quota is below what the platform asks for: told with all that would do", () => {
    const environment = { ...dev, quotas: { shop: { cpuMillicores: 499, memoryMib: 2047, pods: 1 }, other: { pods: 1 } } };
    expect(problems(environment, [{ replicas: 2, resources }])).toEqual([
      "dev.quotas.shop: cpuMillicores is 499, must be at least 500, which the platform itself asks for there; raise it, or leave it out",
      "dev.quotas.shop: memoryMib is 2047, must be at least 2048, which the platform itself asks for there; raise it, or leave it out",
      "dev.quotas.shop: pods is 1, must be at least 2, which the platform itself asks for there; raise it, or leave it out",
    ]);
  });

  it("takes a quota of exactly what the platform asks for", () => {
    const environment = { ...dev, quotas: { shop: { cpuMillicores: 500, memoryMib: 2048, pods: 2 } } };
    expect(problems(environment, [{ replicas: 2, resources }])).toEqual([]);
    expect(problems(dev, undefined)).toEqual([]);
  });

  it("fails when its name is none that Kubernetes takes", () => {
    expect(() => guarded({ name: "a".repeat(64) })).toThrow("dev-platform/Shop: name is ");
    expect(() => guarded({ name: "Shop" })).toThrow("must be lower-case letters, digits and inner hyphens; rename it");
  });
});
