import { adaptToInstalled } from "../../../rehearsal/real-providers/adapted-stack";
import type { TerraformJson } from "../../../operations/terraform-json";

const source = "registry.terraform.io/hashicorp/aws";

function stackJson(version: string, values: Readonly<Record<string, unknown>>): TerraformJson {
  return {
    terraform: { backend: { s3: { bucket: "states" } }, required_providers: { aws: { source, version } } },
    resource: { aws_bucket: { Main: values } },
  };
}

describe("adaptToInstalled", () => {
  const schemas = { [source]: { resource_schemas: { aws_bucket: { version: 0, block: { attributes: { name: {} } } } } } };

  it("leaves out what an older provider does not know, and says so", () => {
    const { json, unknown } = adaptToInstalled(
      stackJson("6.25.0", { name: "main", colour: "blue" }),
      { aws: { source, version: "5.0.0" } },
      schemas,
    );
    expect(json).toEqual(stackJson("5.0.0", { name: "main" }));
    expect(unknown).toEqual([{ source, type: "aws_bucket", argument: "colour", value: "blue" }]);
  });

  it("changes nothing where the pinned provider is installed: the engine is to see every argument", () => {
    const json = stackJson("6.25.0", { name: "main", colour: "blue" });
    expect(adaptToInstalled(json, { aws: { source, version: "6.25.0" } }, schemas)).toEqual({ json, unknown: [] });
  });

  it("does not give a stack a provider that it has none of", () => {
    const json = stackJson("6.25.0", { name: "main" });
    const others = { random: { source: "registry.terraform.io/hashicorp/random", version: "1.0.0" } };
    expect(adaptToInstalled(json, others, schemas)).toEqual({ json, unknown: [] });
  });
});
