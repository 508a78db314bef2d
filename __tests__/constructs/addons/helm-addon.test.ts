import { parse } from "yaml";
import { HelmAddon, type HelmAddonProps } from "../../../constructs/addons/helm-addon";
import { charts } from "../../../constructs/ledger/charts";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import type { Arguments } from "../../../operations/terraform-json";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

const { local, dev } = environments;
const metrics = { none: "it has no pods" };
const resources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } };

/** A stack with one add-on, of metrics-server unless `changes` say otherwise. */
function addon(changes: Partial<HelmAddonProps> = {}, environment: Environment = dev): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => {
    const namespace = new GuardedNamespace(stack, "Namespace", { environment, name: "metrics" });
    new HelmAddon(stack, "Addon", { setting, chart: "metrics-server", namespace, values: { replicas: 1 }, metrics, ...changes });
  });
}

function release(stack: SynthesizedStack): Arguments {
  return stack.one("helm_release", "Addon");
}

function valuesOf(stack: SynthesizedStack): unknown {
  const [document, ...others] = release(stack).values as readonly string[];
  expect(others).toEqual([]);
  return parse(document ?? "");
}

describe("HelmAddon", () => {
  it("installs the ledger's chart, all of it or nothing", () => {
    const { source, version } = charts["metrics-server"];
    expect(release(addon())).toMatchObject({ name: "metrics-server", chart: "metrics-server", repository: source, version });
    expect(release(addon())).toMatchObject({
      atomic: true,
      cleanup_on_fail: true,
      wait: true,
      wait_for_jobs: true,
      timeout: 600,
      max_history: 5,
      create_namespace: false, // a namespace of Helm's own would have no guards
      skip_crds: false,
    });
  });

  it("takes a name, a timeout, and leaves out types that another release has", () => {
    expect(release(addon({ release: "metrics", timeoutSeconds: 900, skipCrds: true }))).toMatchObject({
      name: "metrics",
      timeout: 900,
      skip_crds: true,
    });
  });

  it("has its values in one document and in no other place: set would show in plans what it overrides", () => {
    const stack = addon({ values: { replicas: 2, args: ["--kubelet-insecure-tls"] } });
    expect(valuesOf(stack)).toEqual({ replicas: 2, args: ["--kubelet-insecure-tls"] });
    expect(Object.keys(release(stack)).filter((key) => key.startsWith("set"))).toEqual([]);
  });

  it("starts in a namespace of this stack, after its guards and its own paths", () => {
    const stack = addon({ paths: [{ from: { namespace: "metrics" }, to: "dns" }] });
    expect(release(stack).namespace).toBe(`\${${stack.address("kubernetes_namespace_v1")}.metadata[0].name}`);
    expect([...(release(stack).depends_on as readonly string[])].sort()).toEqual(
      [
        stack.address("kubernetes_default_service_account_v1"),
        stack.address("kubernetes_limit_range_v1"),
        stack.address("kubernetes_network_policy_v1", "Addon_Paths"),
        stack.address("kubernetes_network_policy_v1", "Namespace_DefaultDeny"),
        stack.address("kubernetes_resource_quota_v1"),
      ].sort(),
    );
  });

  it("starts after everything that it requires, whoever made it", () => {
    const stack = platformStackOf(dev, ({ stack: scope, setting }) => {
      const operator = new HelmAddon(scope, "Operator", { setting, chart: "cert-manager", namespace: "kube-system", values: {}, metrics });
      const store = new HelmAddon(scope, "Store", { setting, chart: "external-secrets", namespace: "kube-system", values: {}, metrics });
      new HelmAddon(scope, "Addon", { setting, chart: "keda", namespace: "kube-system", values: {}, metrics, requires: [operator, store] });
    });
    expect(release(stack).depends_on).toEqual([stack.address("helm_release", "Operator"), stack.address("helm_release", "Store")]);
  });

  it("needs no guards in kube-system, which has none", () => {
    const stack = addon({ namespace: "kube-system" });
    expect(release(stack).namespace).toBe("kube-system");
    expect(release(stack).depends_on ?? []).toEqual([]);
  });

  it("is counted into its namespace's quota", () => {
    const hard = (stack: SynthesizedStack) => (stack.one("kubernetes_resource_quota_v1") as { spec: { hard: object } }).spec.hard;
    expect(hard(addon())).toEqual({ pods: "5", "requests.cpu": "50m", "requests.memory": "160Mi" }); // jobs alone
    expect(hard(addon({ asks: [{ replicas: 2, resources }] }))).toEqual({ pods: "9", "requests.cpu": "450m", "requests.memory": "672Mi" });
  });

  it("has the environment's values over its own", () => {
    const environment = {
      ...dev,
      addonValues: { "metrics-server": { replicas: 3, image: { tag: "v0.8.1" } }, keda: { nameOverride: "x" } },
    };
    expect(valuesOf(addon({ values: { replicas: 1, args: ["--x"] } }, environment))).toEqual({
      replicas: 3,
      args: ["--x"],
      image: { tag: "v0.8.1" },
    });
  });

  it("fails when the environment's or its own values are unknown: all problems at once", () => {
    const environment = { ...local, addonValues: { "metrics-server": { replica: 3 } } };
    const make = () => addon({ values: { argz: [], image: { tag: "latest" } } }, environment);
    expect(make).toThrow("3 problems in the configuration");
    expect(make).toThrow("local.addonValues.metrics-server: replica is 3, must be a value that metrics-server has; did you mean replicas?");
    expect(make).toThrow("local-platform/Addon.values: argz is [], must be a value that metrics-server has; did you mean args?");
    expect(make).toThrow('local-platform/Addon.values.image: tag is "latest", must be a tag that names a version');
  });

  it("fails when the release's name is longer than Helm takes, or none", () => {
    expect(release(addon({ release: "a".repeat(53) })).name).toHaveLength(53);
    expect(() => addon({ release: "a".repeat(54) })).toThrow("must be a release of at most 53 characters, not 54; rename it");
    expect(() => addon({ release: "Metrics" })).toThrow('release is "Metrics", must be lower-case letters, digits and inner hyphens');
  });

  it("says which line of the ledger it is", () => {
    platformStackOf(dev, ({ stack, setting }) => {
      const { ledgerEntries } = new HelmAddon(stack, "Addon", { setting, chart: "keda", namespace: "kube-system", values: {}, metrics });
      expect(ledgerEntries).toEqual({ keda: charts.keda });
    });
  });
});
