import aws from "@cdktf/provider-aws/package.json";
import helm from "@cdktf/provider-helm/package.json";
import kubernetes from "@cdktf/provider-kubernetes/package.json";
import random from "@cdktf/provider-random/package.json";
import { TerraformProvider } from "cdktf";
import { catalogFor } from "../../constructs/catalog";
import { KindClusterResource } from "../../constructs/cluster/kind-cluster-resource";
import { providers } from "../../constructs/shared/providers";
import { environments } from "../../environments/index";
import { LayerStack } from "../../stacks/layer-stack";
import { synthesizedApp, synthesizedEnvironments } from "./synthesized-environments";

describe("providers", () => {
  const { stacks } = synthesizedEnvironments();
  const used = Object.entries(stacks).flatMap(([stack, { json }]) =>
    Object.entries(json.terraform.required_providers).map(([name, pin]) => ({ stack, name, pin })),
  );

  it.each(Object.entries(stacks))("%s requires exactly what it configures", (_, stack) => {
    expect(Object.keys(stack.json.terraform.required_providers).sort()).toEqual([...stack.providers].sort());
    expect(stack.providers.length).toBeGreaterThan(0);
  });

  it("are required at the qualified source and exact version of the table", () => {
    expect(used.filter(({ name, pin }) => pin.source !== tableOf(name)?.source || pin.version !== tableOf(name)?.version)).toEqual([]);
  });

  it.each(Object.entries(providers))("%s is pinned to one version from a named registry", (_, { source, version }) => {
    expect(source).toMatch(/^registry\.terraform\.io\/[a-z]+\/[a-z]+$/);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each(Object.entries({ aws, helm, kubernetes, random }))("%s is pinned to what its bindings were made from", (name, bindings) => {
    expect(bindings.cdktf.provider).toEqual({ name: tableOf(name)?.source, version: tableOf(name)?.version });
  });

  it("kind, which has no bindings, is pinned to what our class was written for", () => {
    // A change of the version is a change of this class: its arguments were read from that version's schema.
    expect(KindClusterResource.tfResourceType).toBe("kind_cluster");
    expect(providers.kind).toEqual({ source: "registry.terraform.io/tehcyx/kind", version: "0.9.0" });
  });

  it("fails when a provider is not in the table", () => {
    const { dev } = environments;
    expect(() =>
      synthesizedApp((app) => {
        const stack = new BareStack(app, "platform", { environment: dev, catalog: catalogFor(dev) });
        new OtherProvider(stack, "Other", {
          terraformResourceType: "other",
          terraformProviderSource: "example/other",
          terraformGeneratorMetadata: { providerName: "other" },
        });
      }),
    ).toThrow("provider other is not pinned; add its source and version to constructs/shared/providers.ts");
  });
});

/** A layer with nothing in it. */
class BareStack extends LayerStack {}

/** A provider that nobody pinned. */
class OtherProvider extends TerraformProvider {}

function tableOf(name: string) {
  return Object.entries(providers).find(([pinned]) => pinned === name)?.[1];
}
