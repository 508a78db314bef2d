import type { Progress } from "../../operations/progress";
import type { RealRehearsal } from "./real-rehearsal";
import type { Scope, ScopedStack } from "./scopes";
import { StackCopy } from "./stack-copy";
import { StackRehearsal, type RehearsalSite } from "./stack-rehearsal";

/** Steps of a rehearsal, in their order. */
export const steps = ["init", "validate", "real provider", "apply", "plan again", "drift", "canaries", "destroy"] as const;

export type Step = (typeof steps)[number];

/** What became of a stack. */
export interface StackResult {
  readonly stack: string;
  readonly resources: number;
  readonly scope: Scope;
  /** What each step took, as far as it came. */
  readonly seconds: Readonly<Partial<Record<Step, number>>>;
  /** Secrets of its own that were looked for everywhere. @default the step did not end */
  readonly canaries?: number;
  /** The step that did not end as it must. @default none */
  readonly failed?: Step;
  /** Whether it came through to its end. */
  readonly destroyed: boolean;
}

/** Steps that a stack must have behind it. The real provider is asked beside them. */
export const stepsOf: Readonly<Record<Scope, readonly Step[]>> = {
  whole: steps.filter((step) => step !== "real provider"),
  applied: ["init", "apply"],
};

/** What became of an environment. */
export interface EnvironmentResult {
  readonly stacks: readonly StackResult[];
  /** Why it did not come through. @default it did */
  readonly failure?: unknown;
}

/**
 * Takes the stacks of an environment through their rehearsal: up in the order of deployment, all planned again, down in reverse.
 * The first step that fails ends it.
 */
export async function rehearseEnvironment(
  stacks: readonly ScopedStack[],
  site: RehearsalSite,
  say: Progress["say"],
): Promise<EnvironmentResult> {
  const rehearsed: TimedStack[] = [];
  const results = () => rehearsed.map(({ result }) => result);
  try {
    for (const { stack, scope } of stacks) {
      rehearsed.push(new TimedStack(new StackRehearsal(StackCopy.make(stack, site.work), site), scope, say));
    }
    await throughAll(rehearsed, site.real, say);
    return { stacks: results() };
  } catch (failure) {
    return { stacks: results(), failure };
  }
}

async function throughAll(stacks: readonly TimedStack[], real: RealRehearsal | undefined, say: Progress["say"]): Promise<void> {
  const whole = stacks.filter(({ scope }) => scope === "whole");
  for (const stack of stacks) {
    await stack.time("init", (one) => one.open());
    if (stack.scope === "whole") await stack.time("validate", (one) => one.validate());
    if (real && stack.scope === "whole") await stack.time("real provider", (one) => real.rehearse(one, say));
    await stack.tell("apply", (one) => one.apply());
  }
  for (const stack of whole) await stack.tell("plan again", (one) => one.planAgain("right after the apply"));
  for (const stack of whole) await stack.tell("drift", (one) => one.drift());
  for (const stack of whole) await stack.tell("canaries", (one) => one.searchCanaries());
  for (const stack of [...whole].reverse()) await stack.tell("destroy", (one) => one.destroy());
}

/** A stack whose steps are timed. */
class TimedStack {
  private readonly seconds: Partial<Record<Step, number>> = {};
  private failed: Step | undefined;
  private destroyed = false;

  constructor(
    private readonly rehearsal: StackRehearsal,
    readonly scope: Scope,
    private readonly say: Progress["say"],
  ) {}

  get result(): StackResult {
    const { name, copy, canaries } = this.rehearsal;
    const found = { ...(canaries === undefined ? {} : { canaries }), ...(this.failed === undefined ? {} : { failed: this.failed }) };
    const { resources } = copy.stack;
    return { stack: name, resources, scope: this.scope, seconds: this.seconds, ...found, destroyed: this.destroyed };
  }

  /** Does a step, and says what it tells. */
  async tell(step: Step, work: (rehearsal: StackRehearsal) => Promise<string>): Promise<void> {
    const told = await this.time(step, work);
    this.say(`${this.rehearsal.name}: ${step}: ${told} (${this.seconds[step]?.toFixed(1)} s)`);
  }

  /** Does a step, and says nothing unless it fails. */
  async time<Result>(step: Step, work: (rehearsal: StackRehearsal) => Promise<Result>): Promise<Result> {
    const since = performance.now();
    try {
      const result = await work(this.rehearsal);
      this.destroyed = step === "destroy";
      return result;
    } catch (error) {
      this.failed = step;
      this.say(`${this.rehearsal.name}: ${step}: failed`);
      throw error;
    } finally {
      this.seconds[step] = (performance.now() - since) / 1000;
    }
  }
}
