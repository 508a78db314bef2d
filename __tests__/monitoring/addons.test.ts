import { Testing } from "cdktf";
import type { IConstruct } from "constructs";
import { tmpdir } from "node:os";
import { scrapedPods } from "../../constructs/addons/addon-metrics";
import { HelmAddon } from "../../constructs/addons/helm-addon";
import { chartNames } from "../../constructs/ledger/charts";
import { AddonMonitors } from "../../constructs/monitoring/addon-monitors";
import { GuardedNamespace } from "../../constructs/namespaces/guarded-namespace";
import type { Environment } from "../../environments/environment";
import { environments } from "../../environments/index";
import { composeEnvironment } from "../../stacks/environment-stacks";

const { dev, local } = environments;

/** Charts with no pods of their own, or that answer nobody. */
const silent = ["karpenter-crd", "plugin-barman-cloud", "prometheus-operator-crds"];

const watched = partsOf(local);
const unwatched = partsOf({ ...local, monitoring: false });

describe("every add-on", () => {
  // Between them they install every chart.
  const everywhere = [
    ...watched,
    ...partsOf({ ...local, sealedSecrets: true, ingress: { ...local.ingress, gateway: "envoy" } }),
    ...partsOf({ ...dev, ingress: { ...dev.ingress, externalDns: true } }),
  ];
  const addons = everywhere.filter((part): part is HelmAddon => part instanceof HelmAddon);

  it("of the ledger is among them", () => {
    expect([...new Set(addons.map(({ chart }) => chart))].sort()).toEqual([...chartNames].sort());
  });

  it("is asked by Prometheus, or says why it is not", () => {
    const reasons = addons.flatMap(({ chart, metrics }) => ("none" in metrics ? [[chart, metrics.none] as const] : []));
    expect([...new Set(reasons.map(([chart]) => chart))].sort()).toEqual(silent);
    for (const [, reason] of reasons) expect(reason).toMatch(/\w+ \w+/);
    const asked = addons.filter(({ metrics }) => !("none" in metrics) && !("by" in metrics));
    expect(asked.filter(({ metrics }) => scrapedPods(metrics).length === 0).map(({ chart }) => chart)).toEqual([]);
  });

  it("of an environment with monitoring is asked by way of monitors, of one without by nobody", () => {
    expect(watched.filter((part) => part instanceof AddonMonitors)).toHaveLength(1);
    expect(unwatched.filter((part) => part instanceof AddonMonitors)).toEqual([]);
  });
});

describe("what watches a laptop", () => {
  const [more, less] = [asksOf(watched), asksOf(unwatched)] as const;
  /** What each namespace asks for because the laptop is watched. */
  const added = Object.entries(more).flatMap(([name, { cpuMillicores, memoryMib }]) => {
    const { cpuMillicores: cpuBefore, memoryMib: memoryBefore } = less[name] ?? { cpuMillicores: 0, memoryMib: 0 };
    const [cpu, memory] = [cpuMillicores - cpuBefore, memoryMib - memoryBefore];
    return cpu === 0 && memory === 0 ? [] : [{ name, cpuMillicores: cpu, memoryMib: memory }];
  });

  it("asks for one core and 2 GiB at most", () => {
    const total = (of: "cpuMillicores" | "memoryMib") => added.reduce((sum, each) => sum + each[of], 0);
    expect(added.map(({ name }) => name)).toEqual(expect.arrayContaining(["monitoring", "node-exporter"]));
    expect(total("cpuMillicores")).toBeLessThanOrEqual(1000);
    expect(total("memoryMib")).toBeLessThanOrEqual(2048);
  });

  it("counts a pod of the node exporter on every node, the control plane included", () => {
    const nodes = local.kind.nodeGroups.reduce((sum, group) => sum + group.nodes, 1);
    expect(added).toContainEqual({ name: "node-exporter", cpuMillicores: 10 * nodes, memoryMib: 32 * nodes });
  });

  it("leaves no chart of it out of the sum", () => {
    const before = new Set(unwatched.map(({ node }) => node.path));
    const charts = watched.filter((part): part is HelmAddon => part instanceof HelmAddon && !before.has(part.node.path));
    expect(charts.filter(({ asks }) => asks.length === 0).map(({ chart }) => chart)).toEqual([]);
  });
});

function partsOf(environment: Environment): readonly IConstruct[] {
  const { ordered } = composeEnvironment(Testing.app({ outdir: tmpdir() }), environment, []);
  return ordered.flatMap((stack) => stack.node.findAll());
}

function asksOf(parts: readonly IConstruct[]): Readonly<Record<string, GuardedNamespace["asked"]>> {
  const namespaces = parts.filter((part): part is GuardedNamespace => part instanceof GuardedNamespace);
  return Object.fromEntries(namespaces.map(({ namespaceName, asked }) => [namespaceName, asked]));
}
