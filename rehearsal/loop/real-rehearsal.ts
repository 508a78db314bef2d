import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { providers } from "../../constructs/shared/providers";
import { applyArguments, initArguments, planArguments } from "../../operations/engine";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import type { TerraformJson } from "../../operations/terraform-json";
import { carriedStack, lackingTable } from "../moto/carried-stack";
import { MotoServer } from "../moto/moto-server";
import { adaptToInstalled, relaxedProviders } from "../real-providers/adapted-stack";
import { AttachedProviders } from "../real-providers/attached-providers";
import { installProviders, schemasOf, type InstalledProviders } from "../real-providers/installed-providers";
import { newDifferences, staleDifferences, type KnowledgeLists } from "../real-providers/knowledge-problems";
import knownAfterApply from "../real-providers/known-after-apply.json";
import { leftOutProblems, type LeftOutLists } from "../real-providers/left-out";
import leftOutArguments from "../real-providers/left-out-arguments.json";
import { comparePlans, type ComparedValue } from "../real-providers/planned-knowledge";
import { sameInBoth } from "../real-providers/schema-differences";
import { committedSchema } from "../schemas";
import type { ProviderSchema } from "../provider-schema";
import type { Interruption } from "./interruption";
import { writeRealStack, type RealStackOptions } from "./real-stack";
import { RehearsalError } from "./rehearsal-error";
import { StackEngine } from "./stack-engine";
import type { StackRehearsal } from "./stack-rehearsal";
import { stateObjects } from "./state-objects";
import { nowhere } from "./surroundings";

const knowledge: KnowledgeLists = knownAfterApply;
const leftOutLists: LeftOutLists = leftOutArguments;
const { source, version: pinned } = providers.aws;
const planFile = "rehearsal.tfplan";
const destroyArguments = ["destroy", "-input=false", "-no-color", "-auto-approve"] as const;

/** What the real provider is started with. */
export interface RealRehearsalOptions {
  /** Private folder. */
  readonly work: string;
  readonly interruption: Interruption;
  readonly progress: Progress;
  /** A Python that has moto, to apply there what it carries. @default nothing is applied */
  readonly motoPython?: string;
}

/** What a rehearsal says about the real provider at its end. */
export interface RealProviderReport {
  readonly source: string;
  readonly version: string;
  /** Where it came from, in words. */
  readonly from: string;
  /** Arguments that were left out because this version does not know them, as `<stack>: <type>.<argument>`. */
  readonly leftOut: readonly string[];
  /** What moto lacks of what was applied, as `<stack>: <address>`. @default nothing was applied */
  readonly lackedByMoto?: readonly string[];
  /** Differences of the plans that no list is there for, because the list was made with another version. @default there is a list */
  readonly unlisted?: readonly string[];
}

/** The real AWS provider in a rehearsal: it validates and plans each stack from an empty state, beside the simulated one. */
export class RealRehearsal {
  private readonly compared: ComparedValue[] = [];
  private readonly leftOut: string[] = [];
  private readonly lackedByMoto: string[] = [];

  private constructor(
    private readonly options: RealRehearsalOptions,
    private readonly installed: InstalledProviders,
    private readonly schemas: Readonly<Record<string, ProviderSchema>>,
    private readonly moto: MotoServer | undefined,
  ) {}

  /** @throws OperationError when the provider is not to be had */
  static async start(options: RealRehearsalOptions): Promise<RealRehearsal> {
    const { work, progress, motoPython } = options;
    const folder = join(work, "real-providers");
    mkdirSync(folder);
    const installed = await progress.step(
      "installing the real AWS provider",
      async () => installProviders(folder, { aws: providers.aws }),
      (found) => (typeof found === "string" ? "not to be had" : `${versionOf(found)} from ${found.from}`),
    );
    if (typeof installed === "string") throw new OperationError(installed);
    const isPinned = relaxedProviders({ aws: providers.aws }, installed.required).length === 0;
    const schemas = isPinned ? {} : await progress.step(`reading its schema, because ${pinned} is pinned`, () => readSchemas(installed));
    // AWS itself has policies for roles; moto has them when it is told to.
    const moto = motoPython === undefined ? undefined : await MotoServer.start(motoPython, { MOTO_IAM_LOAD_MANAGED_POLICIES: "true" });
    return new RealRehearsal(options, installed, schemas, moto);
  }

  private get version(): string {
    return versionOf(this.installed);
  }

  private get provider(): string {
    return `${source} ${this.version}`;
  }

  /**
   * Takes a stack through the real provider. Upstream stacks have been applied by simulated ones.
   * @throws EngineError with the provider's words when it refuses
   * @throws RehearsalError when the two plans differ in a new way, or moto does not carry what it is said to
   */
  async rehearse(stack: StackRehearsal, say: Progress["say"]): Promise<void> {
    const { json } = stack.copy;
    const [provider] = Object.entries(json.terraform.required_providers).find(([, required]) => required.source === source) ?? [];
    if (provider === undefined) return;
    refuseDataSources(stack.name, json, provider);
    const adapted = this.adapt(stack.name, json);
    const plan = await this.attached(stack, "real", { ...changedFrom(json, adapted), provider, asks: "nobody" }, planned);
    this.compare(stack.name, plan, await stack.planJson());
    say(`${stack.name}: planned by ${this.provider}`);
    if (this.moto) await this.applyOnMoto(stack, adapted, provider, say);
  }

  /** What is wrong with the committed lists, as far as a whole run tells. */
  problems(): readonly RehearsalError[] {
    const stale = staleDifferences(this.compared, knowledge[source]?.[this.version] ?? [], this.provider);
    return stale.length === 0 ? [] : [new RehearsalError("known-after-apply.json", "has entries that are no longer needed", stale.join("\n"))];
  }

  get report(): RealProviderReport {
    const unlisted = knowledge[source]?.[this.version] ? undefined : newDifferences(this.compared, [], this.provider);
    return {
      source,
      version: this.version,
      from: this.installed.from,
      leftOut: this.leftOut,
      ...(this.moto ? { lackedByMoto: this.lackedByMoto } : {}),
      ...(unlisted ? { unlisted } : {}),
    };
  }

  async stop(): Promise<void> {
    await this.moto?.stop();
  }

  private adapt(stack: string, json: TerraformJson): TerraformJson {
    const adapted = adaptToInstalled(json, { aws: { source, version: this.version } }, this.schemas);
    const list = (leftOutLists[source]?.[this.version] ?? []).flatMap((entry) =>
      stack in entry.expected ? [{ ...entry, expected: { [stack]: entry.expected[stack] } }] : [],
    );
    const problems = leftOutProblems(
      adapted.unknown.map((one) => ({ stack, ...one })),
      list,
      this.provider,
    );
    if (problems.length > 0) throw new RehearsalError(stack, `cannot be read by ${this.provider}`, problems.join("\n"));
    this.leftOut.push(...adapted.unknown.map(({ type, argument }) => `${stack}: ${type}.${argument}`));
    return adapted.json;
  }

  private compare(stack: string, real: string, simulated: string): void {
    const [installed, committed] = [this.schemas[source], committedSchema(source)];
    const compared = comparePlans(real, simulated, source).filter(
      ({ type, attribute }) => installed === undefined || sameInBoth(installed, committed, type, attribute),
    );
    this.compared.push(...compared);
    const list = knowledge[source]?.[this.version];
    const problems = list ? newDifferences(compared, list, this.provider) : [];
    if (problems.length > 0) throw new RehearsalError(stack, "the real and the simulated plan know different values", problems.join("\n"));
  }

  private async applyOnMoto(stack: StackRehearsal, adapted: TerraformJson, provider: string, say: Progress["say"]): Promise<void> {
    const { json, leftOut, ignored } = carriedStack(adapted);
    const lacked = [...leftOut, ...ignored];
    if (lacked.length > 0 && lackingTable.carriedWhole.includes(stack.copy.stack.layer)) {
      throw new RehearsalError(stack.name, `lacking.json says that moto carries it whole, but lists what ${lacked.join(", ")} needs`);
    }
    if (leftOut.length > 0) say(`${stack.name}: left out, because moto lacks it: ${leftOut.join(", ")}`);
    if (ignored.length > 0) say(`${stack.name}: changes ignored, because moto does not keep it: ${ignored.join(", ")}`);
    this.lackedByMoto.push(...lacked.map((address) => `${stack.name}: ${address}`));
    const changed = changedFrom(stack.copy.json, lacked.length > 0 ? json : adapted);
    await this.attached(stack, "moto", { ...changed, provider, asks: "moto", liftProtection: true }, (engine) =>
      appliedAndDestroyed(stack.name, engine),
    );
    say(`${stack.name}: applied, planned again and destroyed on moto`);
  }

  /** Works on a copy of a stack, with an engine that has the real provider and simulated ones for the rest. */
  private async attached<Result>(
    stack: StackRehearsal,
    place: "real" | "moto",
    options: Omit<RealStackOptions, "endpoint">,
    work: (engine: StackEngine) => Promise<Result>,
  ): Promise<Result> {
    const { variables, copy } = stack;
    const folder = join(this.options.work, place, "stacks", stack.name);
    writeRealStack(copy.stack, folder, { ...options, endpoint: variables.AWS_ENDPOINT_URL ?? nowhere });
    const endpoint = place === "moto" ? this.moto?.url : nowhere;
    const attached = await AttachedProviders.start(this.installed, { ...variables, AWS_ENDPOINT_URL: endpoint });
    try {
      const addresses = { ...(JSON.parse(variables.TF_REATTACH_PROVIDERS ?? "{}") as object), ...(JSON.parse(attached.reattach) as object) };
      const all = { ...variables, TF_REATTACH_PROVIDERS: JSON.stringify(addresses) };
      return await work(new StackEngine(folder, all, this.options.interruption));
    } finally {
      await attached.stop();
    }
  }
}

async function readSchemas(installed: InstalledProviders): Promise<Readonly<Record<string, ProviderSchema>>> {
  const attached = await AttachedProviders.start(installed);
  try {
    return schemasOf(installed, attached.reattach);
  } finally {
    await attached.stop();
  }
}

function versionOf({ required }: InstalledProviders): string {
  return required.aws?.version ?? pinned;
}

/** What is the same ships as it is. */
function changedFrom(shipped: TerraformJson, changed: TerraformJson): Pick<RealStackOptions, "changed"> {
  return shipped === changed ? {} : { changed };
}

/** A data source of the provider would ask its cloud when it plans. */
function refuseDataSources(stack: string, { data = {} }: TerraformJson, provider: string): void {
  const asking = Object.keys(data).filter((type) => type.startsWith(`${provider}_`));
  if (asking.length === 0) return;
  throw new RehearsalError(
    stack,
    `has the data source ${asking.join(", ")}, which would ask AWS during a plan; take the value from the environment or from another stack`,
  );
}

/** @returns the plan, as JSON */
async function planned(engine: StackEngine): Promise<string> {
  await engine.require(initArguments);
  await engine.require(["validate", "-no-color"]);
  await engine.require(planArguments(planFile));
  return (await engine.require(["show", "-json", planFile])).stdout;
}

async function appliedAndDestroyed(stack: string, engine: StackEngine): Promise<void> {
  await engine.require(initArguments);
  await engine.require(planArguments(planFile));
  await engine.require(applyArguments(planFile));
  const again = await engine.run([...planArguments(planFile), "-detailed-exitcode"]);
  if (again.exitCode === 2) {
    throw new RehearsalError(
      stack,
      "planned again on moto, and something would change; where AWS would have kept it, add it to rehearsal/moto/lacking.json",
      again.stdout,
    );
  }
  if (again.exitCode !== 0) throw engine.failure(planArguments(planFile), again);
  await engine.require(destroyArguments);
  const left = stateObjects((await engine.require(["state", "pull"])).stdout).map(({ address }) => address);
  if (left.length > 0) throw new RehearsalError(stack, `${left.join(", ")} is left in the state after the destroy on moto`);
}
