import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import type { SynthesizedStack } from "../../operations/stacks";
import { installMoto } from "../moto/installed-moto";
import { MotoServer } from "../moto/moto-server";
import type { Fault } from "../simulation/faults";
import { SimulatedProviders } from "../simulation/simulated-providers";
import { rehearseEnvironment, type ScopedStack, type StackResult } from "./environment-rehearsal";
import { Interruption } from "./interruption";
import { RehearsalError } from "./rehearsal-error";
import { StateStore } from "./state-store";
import { makeHome } from "./surroundings";

export interface RehearseOptions {
  /** Writes the stacks that ship below a folder; all of them, in the order of deployment. */
  readonly synthesize: (outdir: string) => readonly SynthesizedStack[];
  /** Chooses how much of an environment's stacks is rehearsed. @default all of all */
  readonly choose?: (stacks: readonly SynthesizedStack[]) => readonly ScopedStack[];
  readonly progress: Progress;
  /** Leaves copies, states and the engines' output behind. @default false */
  readonly keep?: boolean;
  /** What simulated providers do wrong, by stack: for tests. @default nothing */
  readonly faults?: Readonly<Record<string, Fault>>;
}

/** How a rehearsal ended. */
export interface RehearsalReport {
  /** Stacks that came through. */
  readonly stacks: readonly StackResult[];
  /** What went wrong, one for each environment at most. */
  readonly failures: readonly Error[];
  readonly seconds: number;
  /** Largest resident sets, in 1,000,000 bytes. */
  readonly megabytes: { readonly rehearsal: number; readonly providers: number; readonly moto?: number };
  /** Folder that was left behind. */
  readonly kept?: string;
}

/**
 * Rehearses environments: what ships is applied, planned again and destroyed by the real engine, with simulated providers. As many
 * environments at once as there are processors. One that fails does not stop the others.
 * @throws OperationError when it cannot begin, or somebody stopped it
 */
export async function rehearse({
  synthesize,
  choose = wholly,
  progress,
  keep = false,
  faults = {},
}: RehearseOptions): Promise<RehearsalReport> {
  const since = performance.now();
  const interruption = new Interruption();
  const python = await installMoto(progress);
  const work = mkdtempSync(join(tmpdir(), "evenkeel-rehearsal-"));
  makeHome(work);
  const providers = SimulatedProviders.start();
  let moto: MotoServer | undefined;
  let store: StateStore | undefined;
  try {
    const starting = MotoServer.start(python);
    const stacks = await progress.step("synthesizing twice", async () => synthesizeTwice(synthesize, work));
    moto = await starting;
    store = new StateStore(moto);
    const site = { work, providers, store, interruption, faults };
    const outcomes = await inTurns(environmentsOf(stacks), (environment) => rehearseEnvironment(choose(environment), site, progress.say));
    interruption.check();
    const megabytes = { rehearsal: (process.resourceUsage().maxRSS * 1024) / 1e6, providers: await providers.ask("peakMegabytes") };
    const ofMoto = await moto.stop();
    return {
      stacks: outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : [])),
      failures: outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [asError(outcome.reason)] : [])),
      seconds: (performance.now() - since) / 1000,
      megabytes: { ...megabytes, ...(ofMoto === undefined ? {} : { moto: ofMoto }) },
      ...(keep ? { kept: work } : {}),
    };
  } finally {
    store?.close();
    await Promise.all([providers.stop(), moto?.stop()]);
    if (!keep) rmSync(work, { recursive: true, force: true });
    interruption.close();
  }
}

/**
 * Synthesizes into two folders.
 * @returns what is in the first
 * @throws RehearsalError when they differ: a plan of unchanged code would not be empty
 */
function synthesizeTwice(synthesize: RehearseOptions["synthesize"], work: string): readonly SynthesizedStack[] {
  const [first, second] = ["synthesized", "synthesized-again"].map((name) => {
    const outdir = join(work, name);
    mkdirSync(outdir);
    return synthesize(outdir);
  });
  for (const stack of first ?? []) {
    const again = second?.find(({ name }) => name === stack.name);
    if (again === undefined || contentOf(stack) !== contentOf(again)) {
      throw new RehearsalError(stack.name, "two syntheses of the same code differ; find what depends on time, chance or order");
    }
  }
  return first ?? [];
}

function contentOf({ folder }: SynthesizedStack): string {
  return readFileSync(join(folder, "cdk.tf.json"), "utf8");
}

function wholly(stacks: readonly SynthesizedStack[]): readonly ScopedStack[] {
  return stacks.map((stack) => ({ stack, scope: "whole" }));
}

function environmentsOf(stacks: readonly SynthesizedStack[]): readonly (readonly SynthesizedStack[])[] {
  const names = [...new Set(stacks.map(({ environment }) => environment))];
  return names.map((name) => stacks.filter(({ environment }) => environment === name));
}

/** Works on all items, as many at once as there are processors. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly PromiseSettledResult<Result>[]> {
  const waiting = items.entries();
  const settled: PromiseSettledResult<Result>[] = [];
  const worker = async () => {
    for (const [index, item] of waiting) [settled[index]] = (await Promise.allSettled([work(item)])) as [PromiseSettledResult<Result>];
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return settled;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new OperationError(String(reason));
}
