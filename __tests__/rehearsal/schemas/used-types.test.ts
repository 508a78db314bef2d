import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { providerOf, typeOf, usedBindings, usedTypes, type UsedBinding } from "../../../rehearsal/schemas/used-types";
import { synthesizedEnvironments } from "../../stacks/synthesized-environments";

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A project with some source files. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-used-types-"));
  folders.push(folder);
  for (const [file, text] of Object.entries({ "constructs/none.ts": "", "stacks/none.ts": "", ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** Resource type that the bindings' own class has, `data.<type>` for a data source. */
function typeInBindings({ provider, folder }: UsedBinding): string {
  const exported = Object.values(jest.requireActual<Record<string, unknown>>(`@cdktf/provider-${provider}/lib/${folder}`));
  const [type = ""] = exported.flatMap((one) => (typeof one === "function" && "tfResourceType" in one ? [String(one.tfResourceType)] : []));
  return folder.startsWith("data-") ? `data.${type}` : type;
}

describe("usedTypes", () => {
  it("finds resources, data sources and own bindings, each once, in both folders at any depth; not providers", () => {
    const folder = project({
      "constructs/a/deep/bucket.ts": 'import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";',
      "constructs/b.ts": [
        'import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";',
        'import { AwsProvider } from "@cdktf/provider-aws/lib/provider";',
        'import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc/index";',
        'import { StringResource } from "@cdktf/provider-random/lib/string-resource";',
      ].join("\n"),
      "stacks/c.ts": 'class Own extends TerraformResource {\n  static readonly tfResourceType = "kind_cluster";\n}',
      "constructs/d.md": '"@cdktf/provider-aws/lib/vpc"',
      "__tests__/e.test.ts": 'import { Vpc } from "@cdktf/provider-aws/lib/vpc";',
    });
    expect(usedTypes(folder)).toEqual(["aws_s3_bucket", "data.aws_vpc", "kind_cluster", "random_string"]);
  });

  it("covers what every committed environment synthesizes", () => {
    const stacks = Object.values(synthesizedEnvironments().stacks);
    const dataSources = stacks.flatMap(({ json }) => Object.keys(json.data ?? {})).filter((type) => type !== "terraform_remote_state");
    const synthesized = new Set([...stacks.flatMap(({ inventory }) => inventory), ...dataSources.map((type) => `data.${type}`)]);
    expect(synthesized.size).toBeGreaterThan(30);
    expect(usedTypes()).toEqual(expect.arrayContaining([...synthesized]));
  });
});

describe("typeOf", () => {
  const others: readonly UsedBinding[] = [
    { provider: "random", folder: "string-resource" },
    { provider: "aws", folder: "api-gateway-resource" },
    { provider: "aws", folder: "data-aws-vpc" },
  ];

  it.each([...usedBindings(), ...others])("names the type that the bindings have: $provider/$folder", (binding) => {
    expect(typeOf(binding)).toBe(typeInBindings(binding));
  });
});

describe("providerOf", () => {
  it.each([
    ["aws_s3_bucket", "aws"],
    ["data.aws_vpc", "aws"],
    ["kind_cluster", "kind"],
  ])("%s belongs to %s", (type, provider) => {
    expect(providerOf(type)).toBe(provider);
  });
});
