import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { OperationError } from "../../operations/operation-error";
import type { SynthesizedStack } from "../../operations/stacks";
import type { TerraformJson } from "../../operations/terraform-json";
import type { Override } from "./override";

/** The only file that a rehearsal adds to a stack. */
export const overrideFile = "rehearsal_override.tf.json";

/** A stack that is rehearsed: a copy of the folder that ships. */
export class StackCopy {
  readonly json: TerraformJson;
  private readonly shippedHash: string;

  private constructor(
    readonly stack: SynthesizedStack,
    readonly folder: string,
  ) {
    const shipped = readFileSync(join(stack.folder, "cdk.tf.json"));
    this.json = JSON.parse(shipped.toString()) as TerraformJson;
    this.shippedHash = hashOf(shipped);
  }

  /** Copies a stack as deep below a folder as it lies below the project: the paths in it lead beside the copies. */
  static make(stack: SynthesizedStack, work: string): StackCopy {
    const folder = join(work, "cdktf.out", "stacks", stack.name);
    cpSync(stack.folder, folder, { recursive: true, filter: (path) => !path.includes(".terraform") });
    return new StackCopy(stack, folder);
  }

  /** Writes what a rehearsal changes; replaces what it changed before. */
  override(changes: Override): void {
    writeFileSync(join(this.folder, overrideFile), JSON.stringify(changes, undefined, 2));
  }

  /** @throws OperationError when the copy is not, byte by byte, what ships */
  assertUnchanged(): void {
    const copied = hashOf(readFileSync(join(this.folder, "cdk.tf.json")));
    if (copied === this.shippedHash) return;
    throw new OperationError(
      `${this.stack.name}: the rehearsed cdk.tf.json has the SHA-256 ${copied}, the shipped one ${this.shippedHash}; something wrote to ${this.folder}`,
    );
  }

  /** Path of the state file; undefined for a state in a bucket. */
  get stateFile(): string | undefined {
    const { path } = this.json.terraform.backend.local ?? {};
    return typeof path === "string" ? resolve(this.folder, path) : undefined;
  }
}

/** SHA-256 of all files of a stack's folder, with their names: what ships, assets included. */
export function contentOf(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  for (const path of paths) hash.update(`\0${relative(folder, path)}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
