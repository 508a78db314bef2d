import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { engineBinary } from "../../environments/variables";
import { adviceLines } from "../../operations/doctor";
import { checkEngine } from "../../operations/checks/tools";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import { runCommand } from "../../operations/run-command";
import type { SynthesizedStack } from "../../operations/stacks";
import { installMoto } from "../moto/installed-moto";
import { MotoServer } from "../moto/moto-server";
import type { Fault } from "../simulation/faults";
import { peakMegabytes } from "../peak-memory";
import { SimulatedProviders } from "../simulation/simulated-providers";
import { rehearseEnvironment, type EnvironmentResult, type StackResult } from "./environment-rehearsal";
import { Interruption } from "./interruption";
import type { RealProvider } from "./real-provider";
import { RealRehearsal, type RealProviderReport } from "./real-rehearsal";
import { RehearsalError } from "./rehearsal-error";
import { scopedStacks, type ScopeOptions } from "./scopes";
import { contentOf } from "./stack-copy";
import { StateStore } from "./state-store";
import { makeHome } from "./engine-variables";
import { unfinished } from "./unfinished";

export interface RehearseOptions extends ScopeOptions {
  /** Writes the stacks that ship below a folder; all of them, in the order of deployment. */
  readonly synthesize: (outdir: string) => readonly SynthesizedStack[];
  readonly progress: Progress;
  /** Leaves copies, states and the engines' output behind. @default false */
  readonly keep?: boolean;
  /** Validates and plans with the real AWS provider, too, and applies on moto what moto carries. @default no real provider */
  readonly real?: { readonly apply: boolean; readonly installed?: RealProvider };
  /** What simulated providers do wrong, by stack: for tests. @default nothing */
  readonly faults?: Readonly<Record<string, Fault>>;
}

/** How a rehearsal ended. */
export interface RehearsalReport {
  readonly stacks: readonly StackResult[];
  /** The first failure of each environment; where there is none, what else is wrong, e.g. a stack that was left out. */
  readonly failures: readonly Error[];
  /** From the first synthesis to the end of the last destroy. */
  readonly seconds: number;
  /** @default only simulated providers took part */
  readonly real?: RealProviderReport;
  /** Largest resident sets, in 1,000,000 bytes; left out where a process could not tell. */
  readonly megabytes: { readonly rehearsal: number; readonly providers?: number; readonly moto?: number };
  /** Folder that was left behind. @default none */
  readonly kept?: string;
}

/**
 * Rehearses environments: what ships is applied, planned again and destroyed by the real engine, with simulated providers. As many
 * environments at once as there are processors. One that fails does not stop the others.
 * @throws OperationError when it cannot begin, or somebody stopped it
 */
export async function rehearse(options: RehearseOptions): Promise<RehearsalReport> {
  const { synthesize, progress, keep = false, real: wanted, faults = {} } = options;
  await assertEngine();
  const python = await installMoto(progress);
  const since = performance.now();
  const work = mkdtempSync(join(tmpdir(), "evenkeel-rehearsal-"));
  const interruption = new Interruption();
  makeHome(work);
  const providers = SimulatedProviders.start();
  const starting = MotoServer.start(python);
  starting.catch(() => undefined); // it is awaited below, but a synthesis may fail first
  let store: StateStore | undefined;
  let real: RealRehearsal | undefined;
  try {
    const stacks = await progress.step("synthesizing twice", async () => synthesizeTwice(synthesize, work));
    const environments = environmentsOf(stacks).map((ofOne) => scopedStacks(ofOne, options));
    if (wanted) {
      const { apply, ...given } = wanted;
      real = await RealRehearsal.start({ work, interruption, progress, ...given, ...(apply ? { motoPython: python } : {}) });
    }
    const moto = await starting;
    store = new StateStore(moto);
    const site = { work, providers, store, interruption, faults, ...(real ? { real } : {}) };
    const results = await inTurns(environments, (environment) => rehearseEnvironment(environment, site, progress.say));
    interruption.check();
    const rehearsed = results.flatMap(({ stacks }) => stacks);
    const failures = results.flatMap(failureOf);
    // Only a run that came to its end tells what else is wrong.
    const problems = failures.length > 0 ? [] : [...unfinished(environments.flat(), rehearsed), ...(real?.problems() ?? [])];
    const ofProviders = await providers.ask("peakMegabytes").catch(() => undefined); // what ended them is among the failures
    const ofMoto = await moto.stop();
    return {
      stacks: rehearsed,
      failures: [...failures, ...problems],
      ...(real ? { real: real.report } : {}),
      seconds: (performance.now() - since) / 1000,
      megabytes: {
        rehearsal: peakMegabytes(),
        ...(ofProviders === undefined ? {} : { providers: ofProviders }),
        ...(ofMoto === undefined ? {} : { moto: ofMoto }),
      },
      ...(keep ? { kept: work } : {}),
    };
  } finally {
    store?.close();
    const stopped = starting.then((moto) => moto.stop()).catch(() => undefined);
    await Promise.all([providers.stop(), stopped]);
    if (!keep) rmSync(work, { recursive: true, force: true });
    interruption.close();
  }
}

async function assertEngine(): Promise<void> {
  const finding = await checkEngine(runCommand, engineBinary());
  if (finding.status !== "ok") throw new OperationError([`${finding.check}: ${finding.found}`, ...adviceLines([finding])].join("\n"));
}

/**
 * Synthesizes into two folders.
 * @returns what is in the first
 * @throws RehearsalError when they differ: a plan of unchanged code would not be empty
 */
function synthesizeTwice(synthesize: RehearseOptions["synthesize"], work: string): readonly SynthesizedStack[] {
  const into = (name: string) => {
    const outdir = join(work, name);
    mkdirSync(outdir);
    return synthesize(outdir);
  };
  const shipped = into("synthesized");
  const again = new Map(into("synthesized-again").map((stack) => [stack.name, contentOf(stack.folder)]));
  const different = shipped.filter(({ name, folder }) => again.get(name) !== contentOf(folder)).map(({ name }) => name);
  if (different.length > 0) {
    throw new RehearsalError(different.join(", "), "two syntheses of the same code differ; find what depends on time, chance or order");
  }
  return shipped;
}

function environmentsOf(stacks: readonly SynthesizedStack[]): readonly (readonly SynthesizedStack[])[] {
  const names = [...new Set(stacks.map(({ environment }) => environment))];
  return names.map((name) => stacks.filter(({ environment }) => environment === name));
}

/** Works on all items, as many at once as there are processors; the results are in the items' order. */
async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

function failureOf({ failure }: EnvironmentResult): readonly Error[] {
  if (failure === undefined) return [];
  return [failure instanceof Error ? failure : new Error(String(failure))];
}
