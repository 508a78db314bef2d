import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformJson } from "../../operations/terraform-json";
import { writeCopy, type Stack } from "./stack-copies";

const source = "registry.terraform.io/hashicorp/aws";

function stackJson(version: string, values: Readonly<Record<string, unknown>>): TerraformJson {
  return {
    terraform: { backend: { s3: { bucket: "states" } }, required_providers: { aws: { source, version } } },
    resource: { aws_bucket: { Main: values } },
  };
}

describe("writeCopy", () => {
  let work: string;

  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), "evenkeel-copy-"));
  });

  afterEach(() => rmSync(work, { recursive: true }));

  /** A stack as it lies on the disk, in a spelling of its own. */
  function synthesized(values: Readonly<Record<string, unknown>>): Stack {
    const folder = join(work, "synthesized");
    const json = stackJson("6.25.0", values);
    mkdirSync(join(folder, "assets"), { recursive: true });
    writeFileSync(join(folder, "assets/chart.yaml"), "name: chart");
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json, undefined, 3));
    return { name: "dev-state", folder, json };
  }

  it("copies a stack with its assets byte by byte, overrides its backend, and lists it in the manifest", () => {
    const stack = synthesized({ name: "main" });

    const copy = writeCopy(join(work, "copy"), stack);

    const text = (file: string) => readFileSync(join(copy, file), "utf8");
    const read = (file: string): unknown => JSON.parse(text(file));
    // Without a stack in its manifest, toBeValidTerraform would call anything valid.
    expect(read("manifest.json")).toMatchObject({ stacks: { "dev-state": { workingDirectory: "stacks/dev-state" } } });
    expect(text("stacks/dev-state/cdk.tf.json")).toBe(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8"));
    expect(read("stacks/dev-state/validity_override.tf.json")).toEqual({ terraform: { backend: { local: {} } } });
    expect(text("stacks/dev-state/assets/chart.yaml")).toBe("name: chart");
  });

  it("writes what was changed in the copy, and leaves the stack alone", () => {
    const stack = synthesized({ name: "main" });
    const changed = stackJson("5.100.0", {});

    const copy = writeCopy(join(work, "copy"), stack, changed);

    expect(JSON.parse(readFileSync(join(copy, "stacks/dev-state/cdk.tf.json"), "utf8"))).toEqual(changed);
    expect(JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8"))).toEqual(stack.json);
  });
});
