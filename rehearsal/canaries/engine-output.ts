import type { CanarySearch } from "./canary-search";
import type { Misplaced } from "./misplaced-canaries";
import { isUnmarked } from "./secret-attributes";

/**
 * Canaries in what an engine has printed for people: there may be none. A secret that its provider does not mark is shown when its
 * resource is destroyed, whatever the code does; that is passed over, and nothing else.
 * @param log with a line `# <command>` before the output of each
 */
export function misplacedInOutput(log: string, stack: string, search: CanarySearch): readonly Misplaced[] {
  const steps = log.split(/^# (?=\w+$)/m).map((step) => ({ command: /^\w+/.exec(step)?.[0] ?? "", step }));
  return steps.flatMap(({ command, step }) => {
    const shown = search.find(step).filter((canary) => {
      return !(command === "destroy" && canary.stack === stack && isUnmarked(canary.type, canary.attribute));
    });
    return shown.map((canary) => ({ canary, source: "output of the engine", place: command }) as const);
  });
}
