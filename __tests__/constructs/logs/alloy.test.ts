import { catalogFor } from "../../../constructs/catalog";
import { Alloy } from "../../../constructs/logs/alloy";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { composedProblems } from "../../composed-problems";
import { networkPaths } from "../../network-paths";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { release, valuesOf } from "../../released";
import { readAlloy } from "./alloy-file";

const { dev, local } = environments;

interface Values {
  readonly [key: string]: unknown;
  readonly alloy: { readonly configMap: { readonly content: string }; readonly [key: string]: unknown };
}

describe("Alloy", () => {
  const stack = platformStackOf(local, (parts) => build(local, parts));
  const values = valuesOf(release(stack, "alloy")) as Values;

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // denies everything else
      "kubernetes_network_policy_v1", // the collectors
      "kubernetes_network_policy_v1", // Loki
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("has a namespace of its own that says why it is privileged", () => {
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({
      name: "alloy",
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
      annotations: { "evenkeel/pod-security-reason": expect.stringMatching(/as root.*host paths/) },
    });
  });

  it("runs on every node, whatever its taints", () => {
    expect(values.controller).toMatchObject({ type: "daemonset", tolerations: [{ operator: "Exists" }] });
  });

  it("is root without any capability, and writes nowhere but where it keeps its place on the node", () => {
    expect(values.alloy).toMatchObject({
      securityContext: {
        runAsUser: 0,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
      storagePath: "/var/lib/alloy",
      mounts: { varlog: true, extra: [{ name: "positions", mountPath: "/var/lib/alloy" }] },
    });
    expect(values.controller).toMatchObject({
      volumes: { extra: [{ name: "positions", hostPath: { path: "/var/lib/alloy", type: "DirectoryOrCreate" } }] },
    });
  });

  it("may see pods, and nothing else of the cluster", () => {
    const { clusterRules, rules } = values.rbac as Readonly<Record<"rules" | "clusterRules", readonly { readonly verbs: unknown }[]>>;
    for (const rule of [...rules, ...clusterRules]) expect(rule).toMatchObject({ apiGroups: [""], resources: ["pods"] });
    expect([rules.length, clusterRules.length]).toEqual([1, 1]); // the chart makes no YAML of an empty one
    expect([...rules, ...clusterRules].map(({ verbs }) => verbs)).toEqual([["list", "watch"], ["get"]]);
  });

  it("reads the configuration of its environment, and is made anew when that changes", () => {
    expect(readAlloy(values.alloy.configMap.content).map(({ name }) => name)).toContain("loki.source.file");
    expect(values.alloy.configMap.content).toContain('"environment" = "local"');
    expect(values).toMatchObject({ configReloader: { enabled: false }, crds: { create: false }, service: { enabled: false } });
    expect(values.alloy).toMatchObject({ enableReporting: false });
  });

  it("talks to the API server and to Loki", () => {
    expect(networkPaths(stack)["alloy-alloy"]).toEqual([
      "to 10.0.0.0/8 6443 443",
      "to 172.16.0.0/12 6443 443",
      "to 192.168.0.0/16 6443 443",
      "to kube-system/kube-dns 53/UDP 53",
      "to monitoring/loki 3100",
    ]);
    expect(networkPaths(stack)["alloy-loki"]).toEqual(["from alloy/alloy 3100"]);
  });

  it.each([
    ["local", local, 5], // four workers and the control plane
    ["dev", dev, 38], // six nodes, and 32 of the overflow with a core each
  ] as const)("leaves room for a pod on every node that %s can have", (_, environment, nodes) => {
    const { spec } = platformStackOf(environment, (parts) => build(environment, parts)).one("kubernetes_resource_quota_v1");
    const headroom = 2;
    const jobs = 5;
    expect(spec).toMatchObject({ hard: { pods: String(nodes * headroom + jobs) } });
  });

  it("fails when the environment leaves no room for a pod on every node", () => {
    const environment = { ...local, quotas: { alloy: { pods: 4 } } };
    expect(composedProblems(environment, (parts) => build(environment, parts))).toEqual([
      "local.quotas.alloy: pods is 4, must be at least 5, which the platform itself asks for there; raise it, or leave it out",
    ]);
  });
});

function build(environment: Environment, { stack, setting }: PlatformParts): void {
  new Alloy(stack, "Alloy", { setting, mostNodes: catalogFor(environment).mostNodes });
}
