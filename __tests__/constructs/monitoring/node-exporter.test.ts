import { catalogFor } from "../../../constructs/catalog";
import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { composedProblems } from "../../composed-problems";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { release, valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, dev } = environments;

describe("NodeExporter", () => {
  const stack = exporterOf(local);
  const exporter = release(stack, "prometheus-node-exporter");
  const values = valuesOf(exporter);

  it("consists of", () => {
    expect(
      stack.resources
        .filter(({ name }) => name.startsWith("NodeExporter"))
        .map(({ type }) => type)
        .sort(),
    ).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // denies everything; there are no paths, as policies do not reach the host's network
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("has a namespace of its own that says why it is privileged", () => {
    expect(stack.one("kubernetes_namespace_v1", "NodeExporter").metadata).toMatchObject({
      name: "node-exporter",
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
      annotations: { "evenkeel/pod-security-reason": expect.stringMatching(/host paths, host PID, host network/) },
    });
  });

  it("has no more rights than the host's files need", () => {
    expect(values.containerSecurityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } });
  });

  it("is found under the job that rules and dashboards look for, once the types of monitors are there", () => {
    expect(values).toMatchObject({
      podLabels: { jobLabel: "node-exporter" },
      service: { labels: { jobLabel: "node-exporter" } },
      prometheus: { monitor: { enabled: true, jobLabel: "jobLabel" } },
    });
    expect(exporter.depends_on).toContain(stack.address("helm_release", "Crds"));
  });

  it("says which node a series is of, and leaves the devices of pods to their containers", () => {
    expect(values).toMatchObject({
      prometheus: { monitor: { relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }] } },
    });
    const excluded = (values.extraArgs as readonly string[]).map((argument) => new RegExp(argument.slice(argument.indexOf("=") + 1)));
    expect(excluded).toHaveLength(2);
    for (const devices of excluded) {
      for (const ofPod of ["veth0a1b2c3d", "eni1a2b3c4d5e6"]) expect(ofPod).toMatch(devices);
      for (const ofNode of ["eth0", "ens5", "lo"]) expect(ofNode).not.toMatch(devices);
    }
  });

  it.each([
    ["local", local, 5], // four workers and the control plane
    ["dev", dev, 38], // six nodes, and 32 of the overflow with a core each
  ] as const)("leaves room for a pod on every node that %s can have", (_, environment, nodes) => {
    const { spec } = exporterOf(environment).one("kubernetes_resource_quota_v1", "NodeExporter");
    const headroom = 2;
    const jobs = 5;
    expect(spec).toMatchObject({ hard: { pods: String(nodes * headroom + jobs) } });
  });

  it("fails when the environment leaves no room for a pod on every node", () => {
    const environment = { ...local, quotas: { "node-exporter": { pods: 4 } } };
    expect(composedProblems(environment, (parts) => buildExporter(environment, parts))).toEqual([
      "local.quotas.node-exporter: pods is 4, must be at least 5, which the platform itself asks for there; raise it, or leave it out",
    ]);
  });
});

function exporterOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, (parts) => buildExporter(environment, parts));
}

function buildExporter(environment: Environment, { stack, setting }: PlatformParts): void {
  const crds = new PrometheusOperatorCrds(stack, "Crds", { setting });
  catalogFor(environment).nodeExporter(stack, "NodeExporter", { setting, crds });
}
