import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformJson } from "../synthesized";
import { writeCopy } from "./stack-copies";

const source = "registry.terraform.io/hashicorp/aws";

function stackJson(version: string, values: Readonly<Record<string, unknown>>): TerraformJson {
  return {
    terraform: { backend: { s3: { bucket: "states" } }, required_providers: { aws: { source, version } } },
    resource: { aws_bucket: { Main: values } },
  };
}

describe("writeCopy", () => {
  it("copies a stack with its assets, overrides its backend, and lists it in the manifest", () => {
    const work = mkdtempSync(join(tmpdir(), "evenkeel-copy-"));
    try {
      const folder = join(work, "synthesized");
      mkdirSync(join(folder, "assets"), { recursive: true });
      writeFileSync(join(folder, "assets/chart.yaml"), "name: chart");
      const json = stackJson("6.25.0", { name: "main" });

      const copy = writeCopy(join(work, "copy"), { name: "dev-state", folder, json }, json);

      const read = (file: string): unknown => JSON.parse(readFileSync(join(copy, file), "utf8"));
      // Without a stack in its manifest, toBeValidTerraform would call anything valid.
      expect(read("manifest.json")).toMatchObject({ stacks: { "dev-state": { workingDirectory: "stacks/dev-state" } } });
      expect(read("stacks/dev-state/cdk.tf.json")).toEqual(json);
      expect(read("stacks/dev-state/validity_override.tf.json")).toEqual({ terraform: { backend: { local: {} } } });
      expect(existsSync(join(copy, "stacks/dev-state/assets/chart.yaml"))).toBe(true);
    } finally {
      rmSync(work, { recursive: true });
    }
  });
});
