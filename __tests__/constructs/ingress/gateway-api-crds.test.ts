import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "yaml";
import { GatewayApiCrds, gatewayApiChart } from "../../../constructs/ingress/gateway-api-crds";
import { engines } from "../../../constructs/ledger/engines";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";

const { local } = environments;

interface Type {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: { readonly versions: readonly { readonly name: string; readonly served: boolean }[] };
}

describe("GatewayApiCrds", () => {
  const templates = join(gatewayApiChart, "templates");
  const files = readdirSync(templates).map((file) => readFileSync(join(templates, file), "utf8"));
  const types = files.map((file) => parse(file) as Type);

  it("is one release of a chart of our own", () => {
    const stack = platformStackOf(local, ({ stack: scope }) => {
      new GatewayApiCrds(scope, "Types", { namespace: new GuardedNamespace(scope, "Namespace", { environment: local, name: "gateway" }) });
    });
    expect(stack.one("helm_release")).toMatchObject({ name: "gateway-api", atomic: true, wait: true, create_namespace: false });
    expect(stack.one("helm_release").chart).toMatch(/^assets\/.*Types_Chart/);
    expect(stack.one("helm_release").namespace).toBe(`\${${stack.address("kubernetes_namespace_v1")}.metadata[0].name}`);
  });

  it("has every type that our gateways serve, as v1", () => {
    const served = types.filter(({ spec }) => spec.versions.some(({ name, served: on }) => name === "v1" && on));
    expect(served.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(
        ["gatewayclasses", "gateways", "httproutes", "referencegrants"].map((name) => `${name}.gateway.networking.k8s.io`),
      ),
    );
    expect(types.every(({ kind }) => kind === "CustomResourceDefinition")).toBe(true);
  });

  it("is of the version in the ledger, and of the standard channel", () => {
    const annotations = new Set(types.map(({ metadata }) => metadata.annotations["gateway.networking.k8s.io/bundle-version"]));
    const channels = new Set(types.map(({ metadata }) => metadata.annotations["gateway.networking.k8s.io/channel"]));
    const { version } = engines["gateway-api"]["1.6"];
    const chart = parse(readFileSync(join(gatewayApiChart, "Chart.yaml"), "utf8")) as { readonly version: string };
    expect([...annotations]).toEqual([version]);
    expect([...channels]).toEqual(["standard"]);
    expect(`v${chart.version}`).toBe(version);
  });

  it("fits into the secret that Helm keeps a release in", () => {
    // As Helm does it: the chart in base64 and what it became, compressed, and in base64 again.
    const record = { chart: files.map((file) => Buffer.from(file).toString("base64")), manifest: files.join("---\n") };
    const size = gzipSync(JSON.stringify(record)).toString("base64").length;
    expect(size).toBeLessThan(1_048_576 / 2); // half of what a secret takes
  });

  it("has nothing in it that Helm would take for a template", () => {
    expect(files.filter((file) => file.includes("{{"))).toEqual([]);
  });
});
