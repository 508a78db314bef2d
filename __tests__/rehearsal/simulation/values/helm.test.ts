import { appliedValue, plannedValue } from "./value-context";

const type = "helm_release";
const release = { name: "web", chart: "oci://charts.example.com/nginx", version: "1.2.3", namespace: "shop" };

describe("values of Helm", () => {
  it("know in a plan what the provider has defaults for", () => {
    expect(["atomic", "wait", "timeout", "namespace", "status"].map((path) => plannedValue(path, type))).toEqual([
      false,
      true,
      300,
      "default",
      "deployed",
    ]);
  });

  it("describe a release", () => {
    expect(appliedValue("metadata", type, release)).toMatchObject({
      chart: "nginx",
      first_deployed: Date.parse("2026-01-01T12:00:00Z") / 1000,
      name: "web",
      namespace: "shop",
      revision: 1,
      version: "1.2.3",
    });
    expect(appliedValue("id", type, release)).toBe("web");
  });

  it("count up the revision", () => {
    const prior = { metadata: { revision: 2 } };
    expect(appliedValue("metadata", type, release, { prior })).toMatchObject({ revision: 3 });
  });

  it("have a manifest and values in JSON", () => {
    const { values } = appliedValue("metadata", type, release) as { readonly values: string };
    expect([JSON.parse(values), JSON.parse(String(appliedValue("manifest", type)))]).toEqual([{}, {}]);
  });
});
