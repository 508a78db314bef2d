import type { SynthesizedStack } from "../../operations/stacks";
import { StackCopy } from "./stack-copy";
import { StackRehearsal, type RehearsalSite } from "./stack-rehearsal";

/** How much of its rehearsal a stack gets. */
export type Scope =
  | "whole"
  /** It is only applied: others need its outputs. */
  | "applied";

/** A stack that came through. */
export interface StackResult {
  readonly stack: string;
  readonly resources: number;
  readonly scope: Scope;
  /** What each step took. */
  readonly seconds: Readonly<Partial<Record<Step, number>>>;
}

/** Steps of a rehearsal, in their order. */
export const steps = ["init", "validate", "apply", "plan again", "drift", "destroy"] as const;

export type Step = (typeof steps)[number];

/** A stack, and how much of it is rehearsed. */
export interface ScopedStack {
  readonly stack: SynthesizedStack;
  readonly scope: Scope;
}

/**
 * Takes the stacks of an environment through their rehearsal: up in the order of deployment, all planned again, down in reverse.
 * @param say tells what is done
 * @throws OperationError, EngineError where the first stack does not come through
 */
export async function rehearseEnvironment(
  stacks: readonly ScopedStack[],
  site: RehearsalSite,
  say: (line: string) => void,
): Promise<readonly StackResult[]> {
  const rehearsed = stacks.map(
    ({ stack, scope }) => new TimedStack(new StackRehearsal(StackCopy.make(stack, site.work), site), scope, say),
  );
  const whole = rehearsed.filter(({ scope }) => scope === "whole");
  for (const stack of rehearsed) {
    await stack.time("init", (one) => one.open());
    if (stack.scope === "whole") await stack.time("validate", (one) => one.validate());
    await stack.time("apply", (one) => one.apply(), `${stack.resources} resources`);
  }
  for (const stack of whole) await stack.time("plan again", (one) => one.planAgain("right after the apply"), "nothing changes");
  for (const stack of whole) await stack.time("drift", (one) => one.drift());
  for (const stack of [...whole].reverse()) {
    await stack.time("destroy", (one) => one.destroy());
    await stack.time("destroy", (one) => one.assertGone(), "nothing is left");
  }
  return rehearsed.map(({ result }) => result);
}

/** A stack whose steps are timed. */
class TimedStack {
  private readonly seconds: Partial<Record<Step, number>> = {};

  constructor(
    private readonly rehearsal: StackRehearsal,
    readonly scope: Scope,
    private readonly say: (line: string) => void,
  ) {}

  get resources(): number {
    return this.rehearsal.copy.stack.resources;
  }

  get result(): StackResult {
    return { stack: this.rehearsal.name, resources: this.resources, scope: this.scope, seconds: this.seconds };
  }

  /** @param outcome what is said when it is done; nothing is said without one */
  async time(step: Step, work: (rehearsal: StackRehearsal) => Promise<void>, outcome?: string): Promise<void> {
    const since = performance.now();
    await work(this.rehearsal);
    const total = (this.seconds[step] ?? 0) + (performance.now() - since) / 1000;
    this.seconds[step] = total;
    if (outcome !== undefined) this.say(`${this.rehearsal.name}: ${step}: ${outcome} (${total.toFixed(1)} s)`);
  }
}
