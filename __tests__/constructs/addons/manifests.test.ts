import { App } from "cdktf";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { HelmAddon } from "../../../constructs/addons/helm-addon";
import { Manifests, type CustomResource } from "../../../constructs/addons/manifests";
import { catalogFor } from "../../../constructs/catalog";
import { useCharts, useCluster } from "../../../constructs/cluster/use-cluster";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { environments } from "../../../environments/index";
import { LayerStack } from "../../../stacks/layer-stack";
import { platformStackOf } from "../../platform-stack";

const { local } = environments;

interface Widget extends CustomResource {
  readonly spec: { readonly text: string };
}

const widget = (name: string, text = "x"): Widget => ({
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name, namespace: "widgets" },
  spec: { text },
});

function manifests(resources: readonly CustomResource[], release = "widgets") {
  return platformStackOf(local, ({ stack, setting }) => {
    const namespace = new GuardedNamespace(stack, "Namespace", { environment: local, name: "widgets" });
    const operator = new HelmAddon(stack, "Operator", { setting, chart: "keda", namespace, values: {}, metrics: [] });
    new Manifests(stack, "Widgets", { release, namespace, resources, requires: [operator] });
  });
}

describe("Manifests", () => {
  const stack = manifests([widget("one"), widget("other", "${HOME}")]);
  const release = stack.one("helm_release", "Widgets");

  it("are one release of the chart that takes objects as they are", () => {
    expect(release).toMatchObject({ name: "widgets", atomic: true, cleanup_on_fail: true, wait: true, create_namespace: false });
    expect(release).not.toHaveProperty("repository");
    expect(release.namespace).toBe(`\${${stack.address("kubernetes_namespace_v1")}.metadata[0].name}`);
  });

  it("hand over the objects, in the order they are given, with text of their own kept from Terraform", () => {
    const [document] = release.values as readonly [string];
    expect(parse(document)).toEqual({ manifests: [widget("one"), widget("other", "$${HOME}")] });
  });

  it("come after the operator that knows their types", () => {
    expect(release.depends_on).toEqual([stack.address("helm_release", "Operator")]);
  });

  it("fails when a name is one that Kubernetes refuses", () => {
    expect(() => manifests([widget("Not_Valid")])).toThrow(
      'local-platform/Widgets: name of Widget is "Not_Valid", must be lower-case letters',
    );
    expect(() => manifests([widget("a".repeat(254))])).toThrow("must be an object of at most 253 characters, not 254");
    expect(() => manifests([], "a".repeat(54))).toThrow("must be a release of at most 53 characters, not 54");
  });
});

describe("the chart of manifests", () => {
  const folders: string[] = [];
  const folder = () => folders[folders.push(mkdtempSync(join(tmpdir(), "evenkeel-manifests-"))) - 1] ?? "";
  const home = process.cwd();
  afterEach(() => process.chdir(home));
  afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true })));

  /** Synthesizes two releases into a folder, as seen from another one. */
  function synthesized(outdir: string, cwd: string): string {
    process.chdir(cwd);
    const app = new App({ outdir, stackTraces: false });
    const stack = new Bare(app, "platform", { environment: local, catalog: catalogFor(local) });
    const access = { by: "kubeconfig", path: "kubeconfig", context: "test" } as const;
    useCluster(stack, access);
    useCharts(stack, access);
    new Manifests(stack, "One", { release: "one", namespace: "kube-system", resources: [widget("one")], requires: [] });
    new Manifests(stack, "Other", { release: "other", namespace: "kube-system", resources: [widget("other")], requires: [] });
    app.synth();
    return readFileSync(join(outdir, "stacks/local-platform/cdk.tf.json"), "utf8");
  }

  it("is once in a stack, beside what Terraform reads, and its path is the same wherever and from wherever it is written", () => {
    const outdir = folder();
    const here = synthesized(outdir, home);
    expect(synthesized(folder(), folder())).toBe(here);

    const charts = [...here.matchAll(/"chart": "([^"]*)"/g)].map(([, path]) => path ?? "");
    expect(charts).toHaveLength(2);
    expect(new Set(charts).size).toBe(1);
    expect(charts[0]).toMatch(/^assets\/ManifestsChart\/[0-9A-F]{32}$/);
    expect(readdirSync(join(outdir, "stacks/local-platform", charts[0] ?? "")).sort()).toEqual(["Chart.yaml", "templates", "values.yaml"]);
  });
});

/** A layer with nothing in it. */
class Bare extends LayerStack {}
