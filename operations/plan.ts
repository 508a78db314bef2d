import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateProfile } from "../constructs/local-catalog";
import { EngineError, initArguments, planArguments, runEngine, type EngineOptions, type EngineResult } from "./engine";
import { countChanges, describeCounts, isEmpty, parsePlan, type ChangeCounts, type PlanJson } from "./plan-changes";
import type { Progress } from "./progress";
import { requireLayers, type SynthesizedStack } from "./stacks";
import { readStateFile } from "./state-file";

/** What became of the plan of a stack; `text` is the engine's description of the changes. */
export type PlanOutcome =
  | { readonly stack: string; readonly result: "planned"; readonly counts: ChangeCounts; readonly text: readonly string[] }
  /** It cannot be planned before another layer is applied, as on the first run; `after` names it. */
  | { readonly stack: string; readonly result: "waits"; readonly after: string };

/** Where the engine works on a stack, and with which variables. */
export type EnginePlace = (stack: SynthesizedStack) => Pick<EngineOptions, "folder" | "variables">;

/** In the folder that was synthesized, with the variables of this machine. */
export const ownFolder: EnginePlace = ({ folder }) => ({ folder });

/**
 * The stacks of chosen layers, in the order of deployment.
 * @throws OperationError for a layer that is not there
 */
export function chooseStacks(
  stacks: readonly SynthesizedStack[],
  environment: string,
  layers: readonly string[],
): readonly SynthesizedStack[] {
  requireLayers(stacks, environment, layers);
  return layers.length === 0 ? stacks : stacks.filter(({ layer }) => layers.includes(layer));
}

/**
 * Plans stacks in order and changes nothing. The plan files hold secrets: they live in a private temporary folder until the end.
 * @throws EngineError when the engine fails for another reason than a stack that is not deployed yet
 */
export async function planStacks(
  chosen: readonly SynthesizedStack[],
  all: readonly SynthesizedStack[],
  progress: Progress,
  place = ownFolder,
): Promise<readonly PlanOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-plan-"));
  try {
    const outcomes: PlanOutcome[] = [];
    const changing: SynthesizedStack[] = [];
    for (const stack of chosen) {
      const file = join(folder, `${stack.name}.tfplan`);
      const run: StackRun = (args) => runEngine(args, place(stack));
      const outcome = await progress.step(
        `${stack.name}: planning`,
        async () => outcomeOf(stack, await planStack(stack, { all, changing, file, run })),
        describeOutcome,
      );
      if (outcome.result === "waits" || !isEmpty(outcome.counts)) changing.push(stack);
      outcomes.push(outcome);
      if (outcome.result === "planned") for (const line of outcome.text) progress.say(line);
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcomeOf({ name }: SynthesizedStack, planned: PlannedStack): PlanOutcome {
  if (planned.result === "waits") return { stack: name, ...planned };
  return { stack: name, result: "planned", counts: countChanges(planned.plan), text: planned.text };
}

/** E.g. `after cluster`. */
function describeOutcome(outcome: PlanOutcome): string {
  if (outcome.result === "planned") return describeCounts(outcome.counts);
  return `after ${outcome.after}`;
}

/** A stack that waits for another is work to do, too. */
export function planExitCode(outcomes: readonly PlanOutcome[]): number {
  const unchanged = outcomes.every((outcome) => outcome.result === "planned" && isEmpty(outcome.counts));
  return unchanged ? 0 : 2;
}

/** Columns of the summary. */
export const planColumns = [
  { head: "stack" },
  { head: "to add", align: "right" },
  { head: "to change", align: "right" },
  { head: "to destroy", align: "right" },
  { head: "" },
] as const;

/** Rows of the summary: stack, to add, to change, to destroy, remark. */
export function planRows(outcomes: readonly PlanOutcome[]): readonly (readonly (string | number)[])[] {
  return outcomes.map((outcome) => {
    if (outcome.result === "waits") return [outcome.stack, "", "", "", describeOutcome(outcome)];
    const { add, change, destroy, outputs } = outcome.counts;
    const remark = add + change + destroy === 0 ? describeOutcome(outcome) : "";
    return [outcome.stack, add, change, destroy, remark || (outputs > 0 ? `and ${outputs} of its outputs` : "")];
  });
}

/** A plan in a file, or what has to be applied before there can be one. */
export type PlannedStack =
  | { readonly result: "planned"; readonly plan: PlanJson; readonly text: readonly string[] }
  | { readonly result: "waits"; readonly after: string };

/** Runs the engine for a stack. */
export type StackRun = (args: readonly string[]) => Promise<EngineResult>;

export interface PlanStackOptions {
  /** The stacks of the environment. */
  readonly all: readonly SynthesizedStack[];
  /** Stacks before it that something would change in, or that wait themselves. */
  readonly changing: readonly SynthesizedStack[];
  /** Gets the plan. */
  readonly file: string;
  readonly run: StackRun;
}

/**
 * Plans a stack into a file.
 * @throws EngineError when the engine fails for another reason than a layer that is not applied yet
 */
export async function planStack(stack: SynthesizedStack, { all, changing, file, run }: PlanStackOptions): Promise<PlannedStack> {
  const missing = all.find(({ name, state }) => stack.dependsOn.includes(name) && state.in === "file" && isUnused(state.path));
  if (missing) return { result: "waits", after: missing.layer };

  let text: readonly string[] = [];
  for (const args of [initArguments, planArguments(file)]) {
    const result = await run(args);
    const after = neededFirst(result, all) ?? madeBefore(result, changing);
    if (after !== undefined) return { result: "waits", after };
    if (result.exitCode !== 0) throw new EngineError(args, stack, result);
    text = changesOf(result.stdout);
  }
  const show = ["show", "-json", file];
  const shown = await run(show);
  if (shown.exitCode !== 0) throw new EngineError(show, stack, shown);
  return { result: "planned", plan: parsePlan(shown.stdout), text };
}

/** Which layer has to be applied first, as the engine's words tell; undefined when they tell something else. */
export function neededFirst({ exitCode, stdout, stderr }: EngineResult, all: readonly SynthesizedStack[]): string | undefined {
  if (exitCode === 0) return undefined;
  const words = stdout + stderr;
  const layerOf = (stack: string) => all.find(({ name }) => name === stack)?.layer ?? stack;
  if (words.includes("Unable to find remote state")) {
    // cdktf names the data source after the stack that it reads.
    const [, stack] = /terraform_remote_state\.cross-stack-reference-input-([\w-]+)/.exec(words) ?? [];
    return stack === undefined ? undefined : layerOf(stack);
  }
  // The other stack was destroyed, or deployed by an older release that had no such output.
  const [, older] = /Unsupported attribute[^]*?\.cross-stack-reference-input-([\w-]+)\.outputs\s+is\s+object/.exec(words) ?? [];
  if (older !== undefined) return layerOf(older);
  const bucketIsMissing = /S3 bucket\b[^.]* does not exist|NoSuchBucket/.test(words);
  const profileIsMissing = words.includes(`failed to get shared config profile, ${stateProfile}`);
  const stateStack = all.find(({ layer }) => layer === "state");
  if (!(bucketIsMissing || profileIsMissing) || stateStack === undefined) return undefined;
  return `state (${stateStack.state.in === "bucket" ? `\`npm run bootstrap -- ${stateStack.environment}\`` : "`npm run up`"})`;
}

/** The last layer of those that change, when all that the engine misses is looked up: that layer is about to make it. */
export function madeBefore({ exitCode, stdout, stderr }: EngineResult, changing: readonly SynthesizedStack[]): string | undefined {
  if (exitCode === 0) return undefined;
  const words = stdout + stderr;
  const errors = words.match(/^Error: /gm)?.length ?? 0;
  const lookups = words.match(/^ +with data\.(?!terraform_remote_state\.)/gm)?.length ?? 0;
  return errors > 0 && errors === lookups ? changing.at(-1)?.layer : undefined;
}

/** A state file that is not there, or from which all was destroyed. */
function isUnused(path: string): boolean {
  return (readStateFile(path)?.resources ?? []).length === 0;
}

/** The part of a plan's output that says what changes. */
function changesOf(output: string): readonly string[] {
  const lines = output.split("\n");
  const start = lines.findIndex((line) => /will perform the following actions|^Changes to Outputs/.test(line));
  const end = lines.findIndex((line, index) => index > start && /^─+$/.test(line));
  return start < 0 ? [] : lines.slice(start, end < 0 ? undefined : end).filter((line, index, all) => line !== "" || all[index - 1] !== "");
}
