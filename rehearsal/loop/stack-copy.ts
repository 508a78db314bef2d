import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { SynthesizedStack } from "../../operations/stacks";
import type { TerraformJson } from "../../operations/terraform-json";
import type { Override } from "./override";
import { RehearsalError } from "./rehearsal-error";

/** The only configuration that a rehearsal adds to a stack. */
export const overrideFile = "rehearsal_override.tf.json";

/** A stack that is rehearsed: a copy of the folder that ships. */
export class StackCopy {
  readonly json: TerraformJson;
  private readonly shipped: string;

  private constructor(
    readonly stack: SynthesizedStack,
    readonly folder: string,
  ) {
    this.json = JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")) as TerraformJson;
    this.shipped = contentOf(stack.folder);
  }

  /** Copies a stack as deep below a folder as it lies below the project: the paths in it lead beside the copies. */
  static make(stack: SynthesizedStack, work: string): StackCopy {
    const folder = join(work, "cdktf.out", "stacks", stack.name);
    cpSync(stack.folder, folder, { recursive: true });
    return new StackCopy(stack, folder);
  }

  /** Writes what a rehearsal changes; replaces what it changed before. */
  override(changes: Override): void {
    writeFileSync(join(this.folder, overrideFile), JSON.stringify(changes, undefined, 2));
  }

  /** @throws RehearsalError when a file that ships is not, byte by byte, in the copy */
  assertUnchanged(): void {
    const copied = contentOf(this.folder, filesOf(this.stack.folder));
    if (copied === this.shipped) return;
    throw new RehearsalError(
      this.stack.name,
      `what was rehearsed has the SHA-256 ${copied}, what ships ${this.shipped}; something wrote to ${this.folder}`,
    );
  }
}

/** SHA-256 of files in a folder, with their names. @param files paths relative to it. @default all, assets included */
export function contentOf(folder: string, files = filesOf(folder)): string {
  const hash = createHash("sha256");
  for (const file of files) {
    const path = join(folder, file);
    hash.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : "\0missing");
  }
  return hash.digest("hex");
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}
