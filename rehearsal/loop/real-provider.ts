import { mkdirSync } from "node:fs";
import { providers } from "../../constructs/shared/providers";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import type { TerraformJson } from "../../operations/terraform-json";
import type { ProviderSchema } from "../schemas/provider-schema";
import { adaptToInstalled, relaxedProviders } from "../real-providers/adapted-stack";
import { AttachedProviders } from "../real-providers/attached-providers";
import { installProviders, schemasOf, type InstalledProviders } from "../real-providers/installed-providers";
import { leftOutProblems, type LeftOutLists } from "../real-providers/left-out";
import leftOutArguments from "../real-providers/left-out-arguments.json";
import { RehearsalError } from "./rehearsal-error";

const pinned = { aws: providers.aws };
const leftOutLists: LeftOutLists = leftOutArguments;

/** The real AWS provider on this machine: the pinned version, else the newest that a mirror has. */
export class RealProvider {
  readonly source = pinned.aws.source;

  private constructor(
    private readonly installed: InstalledProviders,
    /** What it knows, where its version is not the pinned one. */
    readonly schema: ProviderSchema | undefined,
  ) {}

  /**
   * Installs it.
   * @param folder to make and install in
   * @throws OperationError when it is not to be had
   */
  static async install(folder: string, progress: Progress): Promise<RealProvider> {
    mkdirSync(folder);
    const installed = await progress.step(
      "installing the real AWS provider",
      async () => installProviders(folder, pinned),
      (found) => (typeof found === "string" ? "not to be had" : `${versionOf(found)} from ${found.from}`),
    );
    if (typeof installed === "string") throw new OperationError(`--provider aws=real: ${installed}`);
    return RealProvider.of(installed, progress);
  }

  /** The one that was installed already. */
  static async of(installed: InstalledProviders, progress: Progress): Promise<RealProvider> {
    if (relaxedProviders(pinned, installed.required).length === 0) return new RealProvider(installed, undefined);
    const why = `reading its schema, because ${pinned.aws.version} is pinned`;
    return new RealProvider(installed, await progress.step(why, () => schemaOf(installed)));
  }

  get version(): string {
    return versionOf(this.installed);
  }

  /** Source and version. */
  get name(): string {
    return `${this.source} ${this.version}`;
  }

  /** Where it came from, in words. */
  get from(): string {
    return this.installed.from;
  }

  /**
   * A stack as this version can read it; what ships, where that is the pinned one.
   * @throws RehearsalError when anything was left out that is not listed, or is not as the list expects
   */
  adapt(stack: string, json: TerraformJson): { readonly json: TerraformJson; readonly leftOut: readonly string[] } {
    const schemas = this.schema ? { [this.source]: this.schema } : {};
    const adapted = adaptToInstalled(json, this.installed.required, schemas);
    const list = (leftOutLists[this.source]?.[this.version] ?? []).flatMap((entry) =>
      stack in entry.expected ? [{ ...entry, expected: { [stack]: entry.expected[stack] } }] : [],
    );
    const found = adapted.unknown.map((one) => ({ stack, ...one }));
    const problems = leftOutProblems(found, list, this.name);
    if (problems.length > 0) throw new RehearsalError(stack, `cannot be planned by ${this.name}`, problems.join("\n"));
    return { json: adapted.json, leftOut: found.map(({ type, argument }) => `${stack}: ${type}.${argument}`) };
  }

  /** Starts it. An engine configures it for itself, so each gets one of its own. @param variables all of its environment variables */
  attach(variables: NodeJS.ProcessEnv): Promise<AttachedProviders> {
    return AttachedProviders.start(this.installed, variables);
  }
}

async function schemaOf(installed: InstalledProviders): Promise<ProviderSchema | undefined> {
  const attached = await AttachedProviders.start(installed);
  try {
    return schemasOf(installed, attached.reattach)[pinned.aws.source];
  } finally {
    await attached.stop();
  }
}

function versionOf({ required }: InstalledProviders): string {
  return required.aws?.version ?? pinned.aws.version;
}
