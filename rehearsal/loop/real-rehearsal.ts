import { join } from "node:path";
import { EngineError } from "../../operations/engine";
import type { Progress } from "../../operations/progress";
import type { TerraformJson } from "../../operations/terraform-json";
import { carriedStack, lackingTable } from "../moto/carried-stack";
import { MotoServer } from "../moto/moto-server";
import { newDifferences, staleDifferences, type KnowledgeDifference, type KnowledgeLists } from "../real-providers/knowledge-problems";
import knownAfterApply from "../real-providers/known-after-apply.json";
import { comparePlans, type ComparedValue } from "../real-providers/planned-knowledge";
import { sameInBoth } from "../real-providers/schema-differences";
import type { Attachments } from "../protocol/attachment";
import { committedSchema } from "../schemas/committed-schemas";
import { servedStack } from "../simulation/served-stack";
import type { Interruption } from "./interruption";
import { RealProvider } from "./real-provider";
import { askingDataSources, writeRealStack, type RealStackOptions } from "./real-stack";
import { appliedAndDestroyed, planned } from "./real-steps";
import { RehearsalError } from "./rehearsal-error";
import { StackEngine } from "./stack-engine";
import type { StackRehearsal } from "./stack-rehearsal";
import { nowhere } from "./engine-variables";

const knowledge: KnowledgeLists = knownAfterApply;

export interface RealRehearsalOptions {
  /** Private folder. */
  readonly work: string;
  readonly interruption: Interruption;
  readonly progress: Progress;
  /** A Python that has moto, to apply there what it carries. @default nothing is applied */
  readonly motoPython?: string;
  /** @default it is installed */
  readonly installed?: RealProvider;
}

/** What a rehearsal says about the real provider at its end. */
export interface RealProviderReport {
  /** Source and version. */
  readonly provider: string;
  /** Where it came from, in words. */
  readonly from: string;
  /** Arguments that this version does not know, as `<stack>: <type>.<argument>`. */
  readonly leftOut: readonly string[];
  /** Types, and `<type>.<argument>`, of what was not applied on moto, or not compared. @default nothing was applied */
  readonly lackedByMoto?: readonly string[];
  /** Differences of the plans, where no list was made with this version. @default there is a list, and no other difference */
  readonly unlisted?: readonly string[];
}

/** The real AWS provider in a rehearsal: it validates and plans each stack from an empty state, beside the simulated one. */
export class RealRehearsal {
  private readonly compared: ComparedValue[] = [];
  private readonly leftOut: string[] = [];
  private readonly lackedByMoto = new Set<string>();

  private constructor(
    private readonly options: RealRehearsalOptions,
    private readonly provider: RealProvider,
  ) {}

  /** @throws OperationError when the provider is not to be had */
  static async start(options: RealRehearsalOptions): Promise<RealRehearsal> {
    const { work, progress, installed } = options;
    return new RealRehearsal(options, installed ?? (await RealProvider.install(join(work, "real-provider"), progress)));
  }

  /**
   * Takes a stack through the real provider, if it uses it. Those before it have been applied, if only by the simulated one.
   * @throws EngineError with the provider's words when it refuses
   * @throws RehearsalError when the two plans differ in a new way, or moto does not carry what it is said to
   */
  async rehearse(stack: StackRehearsal, say: Progress["say"]): Promise<void> {
    const shipped = stack.copy.json;
    const [name] = Object.entries(shipped.terraform.required_providers).find(([, { source }]) => source === this.provider.source) ?? [];
    if (name === undefined) return;
    const asking = askingDataSources(shipped, name);
    if (asking.length > 0) {
      const advice = "take its value from the environment or from another stack";
      throw new RehearsalError(stack.name, `data source is ${asking.join(", ")}, must be none that asks AWS in a plan; ${advice}`);
    }
    const { json, leftOut } = this.provider.adapt(stack.name, shipped);
    this.leftOut.push(...leftOut);
    const plan = await this.attached(stack, nowhere, { ...changed(shipped, json), provider: name, asks: "nobody" }, planned);
    this.compare(stack.name, plan, await stack.planJson());
    say(`${stack.name}: real provider: planned by ${this.provider.name}`);
    const { motoPython } = this.options;
    if (motoPython !== undefined) await this.applyOnMoto(motoPython, stack, json, name, say);
  }

  /** What only the whole run tells: entries of the committed list that are not needed, and that nothing was done at all. */
  problems(): readonly RehearsalError[] {
    if (this.compared.length === 0) return [new RehearsalError("--provider aws=real", "no stack uses it; rehearse dev, staging or prod")];
    const stale = staleDifferences(this.compared, this.list ?? [], this.provider.name);
    return stale.length === 0
      ? []
      : [new RehearsalError("rehearsal/real-providers/known-after-apply.json", "has entries that are no longer needed", stale.join("\n"))];
  }

  get report(): RealProviderReport {
    const unlisted = this.list ? undefined : [...new Set(newDifferences(this.compared, [], this.provider.name))];
    return {
      provider: this.provider.name,
      from: this.provider.from,
      leftOut: this.leftOut,
      ...(this.options.motoPython === undefined ? {} : { lackedByMoto: [...this.lackedByMoto].sort() }),
      ...(unlisted ? { unlisted } : {}),
    };
  }

  /** Differences that are committed for this version; undefined for a version that nobody has compared yet. */
  private get list(): readonly KnowledgeDifference[] | undefined {
    return knowledge[this.provider.source]?.[this.provider.version];
  }

  private compare(stack: string, real: string, simulated: string): void {
    const { source, schema } = this.provider;
    const all = comparePlans(real, simulated, source);
    const committed = committedSchema(source);
    const compared = schema ? all.filter(({ type, attribute }) => sameInBoth(schema, committed, type, attribute)) : all;
    this.compared.push(...compared);
    const problems = this.list ? newDifferences(compared, this.list, this.provider.name) : [];
    if (problems.length > 0) throw new RehearsalError(stack, "the real and the simulated plan know different values", problems.join("\n"));
  }

  private async applyOnMoto(
    python: string,
    stack: StackRehearsal,
    adapted: TerraformJson,
    provider: string,
    say: Progress["say"],
  ): Promise<void> {
    const carried = carriedStack(adapted);
    const lacked = [...carried.leftOut, ...carried.ignored];
    if (carried.leftOut.length > 0) say(`${stack.name}: left out, because moto lacks it: ${counted(carried.leftOut.map(withoutName))}`);
    if (carried.ignored.length > 0) say(`${stack.name}: changes ignored, because moto does not keep it: ${carried.ignored.join(", ")}`);
    for (const address of carried.leftOut) this.lackedByMoto.add(withoutName(address));
    for (const argument of carried.ignored) this.lackedByMoto.add(argument);
    const content = changed(stack.copy.json, lacked.length > 0 ? carried.json : adapted);
    // One for each stack: two clusters in one moto would have the same OIDC issuer. AWS has policies for roles; moto is told to have them.
    const moto = await MotoServer.start(python, { MOTO_IAM_LOAD_MANAGED_POLICIES: "true" });
    try {
      const options = { ...content, provider, asks: "moto", liftProtection: true } as const;
      await this.attached(stack, moto.url, options, (engine) => appliedAndDestroyed(stack.name, engine));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const advice = "where AWS would take it, add what moto lacks to rehearsal/moto/lacking.json";
      throw new RehearsalError(stack.name, `did not come through on moto ${lackingTable.version}; ${advice}`, error.message);
    } finally {
      await moto.stop();
    }
    say(`${stack.name}: real provider: applied, planned again and destroyed on moto`);
  }

  /** Works on a copy of a stack, with an engine that has the real provider, and simulated ones for the rest. */
  private async attached<Result>(
    { name, variables, copy, site }: StackRehearsal,
    awsEndpoint: string,
    options: Omit<RealStackOptions, "endpoint">,
    work: (engine: StackEngine) => Promise<Result>,
  ): Promise<Result> {
    const place = options.asks === "moto" ? "moto" : "real";
    const folder = join(this.options.work, place, "stacks", name);
    writeRealStack(copy.stack, folder, { ...options, endpoint: variables.AWS_ENDPOINT_URL ?? nowhere });
    const attached = await this.provider.attach({ ...variables, AWS_ENDPOINT_URL: awsEndpoint });
    try {
      const real = JSON.parse(attached.reattach) as Attachments;
      // By a name of its own: what is simulated here is not what the stack is about to create.
      const TF_REATTACH_PROVIDERS = await site.providers.ask("serve", { ...servedStack(`${name}, ${place}`, copy.json), real });
      return await work(new StackEngine(folder, { ...variables, TF_REATTACH_PROVIDERS }, this.options.interruption));
    } finally {
      await attached.stop(); // first: it must not stay when the simulated ones are gone
      await site.providers.ask("end", `${name}, ${place}`);
    }
  }
}

/** What is the same goes as it ships. */
function changed(shipped: TerraformJson, json: TerraformJson): Pick<RealStackOptions, "changed"> {
  return shipped === json ? {} : { changed: json };
}

/** Each once, with its number where there are several: `2 aws_eks_addon`. */
function counted(types: readonly string[]): string {
  const numberOf = (type: string) => types.filter((one) => one === type).length;
  return [...new Set(types)].map((type) => (numberOf(type) === 1 ? type : `${numberOf(type)} ${type}`)).join(", ");
}

/** An address without the resource's name: its type, and the argument if there is one. */
function withoutName(address: string): string {
  const [type = "", , ...argument] = address.split(".");
  return [type, ...argument].join(".");
}
