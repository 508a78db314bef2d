import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateProfile } from "../constructs/local-catalog";
import { EngineError, initArguments, planArguments, requireEngine, runEngine, type EngineResult } from "./engine";
import { countChanges, describeCounts, isEmpty, parsePlan, type ChangeCounts } from "./plan-changes";
import type { Progress } from "./progress";
import { requireLayers, type SynthesizedStack } from "./stacks";
import { readStateFile } from "./state-file";

/** What became of the plan of a stack; `text` is the engine's description of the changes. */
export type PlanOutcome =
  | { readonly stack: string; readonly result: "planned"; readonly counts: ChangeCounts; readonly text: readonly string[] }
  /** It cannot be planned before something else is there, as on the first run; `needs` says what. */
  | { readonly stack: string; readonly result: "waits"; readonly needs: string };

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
): Promise<readonly PlanOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-plan-"));
  try {
    const outcomes: PlanOutcome[] = [];
    for (const stack of chosen) {
      const file = join(folder, `${stack.name}.tfplan`);
      const outcome = await progress.step(`${stack.name}: planning`, () => planStack(stack, all, file), describeOutcome);
      outcomes.push(outcome);
      if (outcome.result === "planned") for (const line of outcome.text) progress.say(line);
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** E.g. `needs dev-cluster deployed first`. */
function describeOutcome(outcome: PlanOutcome): string {
  if (outcome.result === "planned") return describeCounts(outcome.counts);
  return `needs ${outcome.needs} first`;
}

/** A stack that waits for another is work to do, too. */
export function planExitCode(outcomes: readonly PlanOutcome[]): number {
  const unchanged = outcomes.every((outcome) => outcome.result === "planned" && isEmpty(outcome.counts));
  return unchanged ? 0 : 2;
}

/** Rows of the summary: stack, to add, to change, to destroy, remark. */
export function planRows(outcomes: readonly PlanOutcome[]): readonly (readonly (string | number)[])[] {
  return outcomes.map((outcome) => {
    if (outcome.result === "waits") return [outcome.stack, "", "", "", describeOutcome(outcome)];
    const { add, change, destroy, outputs } = outcome.counts;
    const remark = add + change + destroy === 0 ? describeOutcome(outcome) : "";
    return [outcome.stack, add, change, destroy, remark || (outputs > 0 ? `and ${outputs} of its outputs` : "")];
  });
}

async function planStack(stack: SynthesizedStack, all: readonly SynthesizedStack[], file: string): Promise<PlanOutcome> {
  const waits = (needs: string) => ({ stack: stack.name, result: "waits", needs }) as const;
  const missing = all.find(({ name, state }) => stack.dependsOn.includes(name) && state.in === "file" && isUnused(state.path));
  if (missing) return waits(`${missing.name} deployed`);

  const options = { folder: stack.folder };
  let text: readonly string[] = [];
  for (const args of [initArguments, planArguments(file)]) {
    const result = await runEngine(args, options);
    const needs = neededFirst(result, all);
    if (needs !== undefined) return waits(needs);
    if (result.exitCode !== 0) throw new EngineError(args, options, result);
    text = changesOf(result.stdout);
  }
  const shown = await requireEngine(["show", "-json", file], options);
  return { stack: stack.name, result: "planned", counts: countChanges(parsePlan(shown.stdout)), text };
}

/** What has to be done first, as the engine's words tell; undefined when they tell something else. */
export function neededFirst({ exitCode, stdout, stderr }: EngineResult, all: readonly SynthesizedStack[]): string | undefined {
  if (exitCode === 0) return undefined;
  const words = stdout + stderr;
  if (words.includes("Unable to find remote state")) {
    // cdktf names the data source after the stack that it reads.
    const [, stack] = /terraform_remote_state\.cross-stack-reference-input-([\w-]+)/.exec(words) ?? [];
    return stack === undefined ? undefined : `${stack} deployed`;
  }
  // The other stack was destroyed, or deployed by an older release that had no such output.
  const [, older] = /Unsupported attribute[^]*?\.cross-stack-reference-input-([\w-]+)\.outputs\s+is\s+object/.exec(words) ?? [];
  if (older !== undefined) return `${older} deployed`;
  const bucketIsMissing = /S3 bucket\b[^.]* does not exist|NoSuchBucket/.test(words);
  const profileIsMissing = words.includes(`failed to get shared config profile, ${stateProfile}`);
  const stateStack = all.find(({ layer }) => layer === "state");
  if (!(bucketIsMissing || profileIsMissing) || stateStack === undefined) return undefined;
  return stateStack.state.in === "bucket" ? `\`npm run bootstrap -- ${stateStack.environment}\`` : "`npm run up`";
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
