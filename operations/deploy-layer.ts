import { rmSync } from "node:fs";
import type { Consent } from "./consent";
import { DeployEngine } from "./deploy-engine";
import type { DeployFiles } from "./deploy-files";
import { OperationError } from "./operation-error";
import type { EnginePlace } from "./plan";
import { changeLines } from "./planned-buckets";
import { countChanges, describeCounts, isEmpty, type ChangeCounts, type PlanJson } from "./plan-changes";
import type { Progress } from "./progress";
import type { SynthesizedStack } from "./stacks";
import { lossesIn, lossLines } from "./stateful-types";

/** What became of a layer. */
export type LayerOutcome =
  | { readonly stack: string; readonly result: "applied" | "unchanged"; readonly counts: ChangeCounts; readonly plan: PlanJson }
  /** It cannot be planned before the layer that `after` names is applied. */
  | { readonly stack: string; readonly result: "waits"; readonly after: string };

export interface LayerOptions {
  readonly stack: SynthesizedStack;
  /** The stacks of the environment. */
  readonly all: readonly SynthesizedStack[];
  /** Stacks before it that wait for something themselves. @default none */
  readonly waiting?: readonly SynthesizedStack[];
  readonly files: DeployFiles;
  /** @default the stack's folder */
  readonly place?: EnginePlace;
  readonly progress: Progress;
  readonly consent: Consent;
  /** Looks at the plan before anybody is asked. @throws OperationError when it may not be applied */
  readonly judge: (plan: PlanJson) => void;
}

/**
 * Plans a layer, shows what would change, asks, and applies that plan and nothing else.
 * @throws OperationError, EngineError
 */
export async function deployLayer(options: LayerOptions): Promise<LayerOutcome> {
  const { stack, files, progress, consent, judge, waiting = [] } = options;
  const engine = new DeployEngine(options);
  try {
    const planned = await progress.step(
      `${stack.name}: planning`,
      () => engine.planned(waiting),
      (made) => (made.result === "waits" ? `after ${made.after}` : describeCounts(countChanges(made.plan))),
    );
    if (planned.result === "waits") return { stack: stack.name, ...planned };
    const { plan } = planned;
    const counts = countChanges(plan);
    judge(plan);
    if (isEmpty(counts)) return { stack: stack.name, result: "unchanged", counts, plan };
    await consent([`${stack.name}: ${describeCounts(counts)}`, ...shownChanges(plan).map((line) => `  ${line}`)].join("\n"));
    await progress.step(`${stack.name}: applying`, () => engine.apply());
    return { stack: stack.name, result: "applied", counts, plan };
  } finally {
    rmSync(files.planOf(stack.layer), { force: true }); // it holds secrets
  }
}

/**
 * Refuses to lose what keeps something.
 * @param remedy what to do when it is meant
 * @throws OperationError naming each address
 */
export function refuseLosses(plan: PlanJson, stack: string, remedy: string): void {
  const losses = lossLines(lossesIn(plan));
  if (losses.length === 0) return;
  throw new OperationError(
    [`${stack}: the plan loses what keeps something. Nothing was changed in this layer.`, ...losses, remedy].join("\n  "),
  );
}

/** Most additions that are shown one by one: a first deployment has hundreds. */
const mostAdditions = 20;

/** One line for each change; additions by their types where there are many. */
function shownChanges(plan: PlanJson): readonly string[] {
  const lines = changeLines(plan).filter((line) => !line.startsWith("read "));
  const additions = lines.filter((line) => line.startsWith("create "));
  if (additions.length <= mostAdditions) return lines;
  const types = additions.map((line) => line.slice("create ".length).split(".")[0] ?? "");
  const counted = [...new Set(types)].sort().map((type) => `create ${types.filter((other) => other === type).length} ${type}`);
  return [...lines.filter((line) => !line.startsWith("create ")), ...counted];
}
