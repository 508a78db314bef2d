import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { loadEnvironments } from "../../environments/load";
import { synthesizedStacks, type SynthesizedStack } from "../../operations/stacks";
import type { TerraformJson } from "../../operations/terraform-json";
import { filesBelow } from "../stacks/synthesized-environments";

type Synthesize = (outdir: string) => readonly SynthesizedStack[];

/** What a synthesis wrote, to be written elsewhere. */
interface Written {
  /** Text of every file by its path below the output folder. */
  readonly files: Readonly<Record<string, string>>;
  /** The stacks, with folders below the output folder. */
  readonly stacks: readonly SynthesizedStack[];
}

let written: Written | undefined;

/** Writes dev as it is committed, whatever the developer's variables say. It is synthesized once for each file of tests. */
export const synthesizeDev: Synthesize = (outdir) => {
  const { files, stacks } = (written ??= devOnce());
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), text);
  }
  return stacks.map((stack) => ({ ...stack, folder: join(outdir, stack.folder) }));
};

function devOnce(): Written {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-dev-"));
  try {
    const stacks = synthesizedStacks(loadEnvironments({ names: ["dev"], variables: {} }), outdir);
    return { files: filesBelow(outdir), stacks: stacks.map((stack) => ({ ...stack, folder: relative(outdir, stack.folder) })) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Writes dev with another `cdk.tf.json` for one of its stacks. */
export function synthesizeChanged(name: string, change: (json: TerraformJson) => TerraformJson): Synthesize {
  return (outdir) => {
    const stacks = synthesizeDev(outdir);
    const file = join(outdir, "stacks", name, "cdk.tf.json");
    writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, "utf8")) as TerraformJson)));
    return stacks;
  };
}

/** Writes a stack `dev-state` that has these resources of AWS and Kubernetes, and no others: for what no stack of ours has, or not alone. */
export function synthesizeOnly(resource: NonNullable<TerraformJson["resource"]>): Synthesize {
  return (outdir) => {
    const name = "dev-state";
    const folder = join(outdir, "stacks", name);
    mkdirSync(folder, { recursive: true });
    const source = (provider: string) => ({ source: `registry.terraform.io/hashicorp/${provider}`, version: ">= 1.0" });
    const json: TerraformJson = {
      terraform: {
        backend: { s3: { bucket: "states", key: `${name}.tfstate`, region: "eu-central-1", use_lockfile: true } },
        required_providers: { aws: source("aws"), kubernetes: source("kubernetes") },
      },
      resource,
    };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
    const resources = Object.values(resource).reduce((count, named) => count + Object.keys(named).length, 0);
    const state = { in: "bucket", bucket: "states", key: `${name}.tfstate` } as const;
    return [{ name, environment: "dev", layer: "state", folder, dependsOn: [], resources, state }];
  };
}
