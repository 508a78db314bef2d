import type { Column } from "../../operations/table";
import { steps, type StackResult, type Step } from "./environment-rehearsal";
import type { RealProviderReport } from "./real-rehearsal";
import type { RehearsalReport } from "./rehearse";

/** Columns of the table at the end of a rehearsal: what each step took, in seconds. Without a real provider there is none for it. */
export function reportColumns(stacks: readonly StackResult[]): readonly Column[] {
  return [
    { head: "stack" },
    { head: "resources", align: "right" },
    ...shownSteps(stacks).map((head) => ({ head, align: "right" }) as const),
    { head: "seconds", align: "right" },
    { head: "result" },
  ];
}

/** Rows of that table. */
export function reportRows(stacks: readonly StackResult[]): readonly (readonly (string | number)[])[] {
  return stacks.map((result) => {
    const { stack, resources, seconds } = result;
    const total = Object.values(seconds).reduce((sum, of) => sum + of, 0);
    return [stack, resources, ...shownSteps(stacks).map((step) => seconds[step]?.toFixed(1) ?? ""), total.toFixed(1), remark(result)];
  });
}

/** The last lines: what came through, in what time and with what memory, and where to look. */
export function summary({ stacks, seconds, real, megabytes, kept }: RehearsalReport): string {
  const whole = stacks.filter(({ scope }) => scope === "whole");
  const through = whole.filter(({ destroyed }) => destroyed);
  const resources = through.reduce((sum, stack) => sum + stack.resources, 0);
  const memory = [
    `${megabytes.rehearsal.toFixed(0)} MB`,
    ...(megabytes.providers === undefined ? [] : [`providers ${megabytes.providers.toFixed(0)} MB`]),
    ...(megabytes.moto === undefined ? [] : [`moto ${megabytes.moto.toFixed(0)} MB`]),
  ];
  return [
    `${through.length} of ${whole.length} stacks came through, with ${resources} resources, in ${seconds.toFixed(1)} s (${memory.join(", ")})`,
    ...canaryLines(whole),
    ...(real === undefined ? [] : realLines(real)),
    ...(kept === undefined ? [] : [`copies, states and the engine's output are in ${kept}`]),
  ].join("\n");
}

/** Nothing, unless every stack was looked through. */
function canaryLines(stacks: readonly StackResult[]): readonly string[] {
  const own = stacks.flatMap(({ canaries }) => canaries ?? []);
  if (own.length < stacks.length) return [];
  const secrets = own.reduce((sum, count) => sum + count, 0);
  return [`${secrets} secrets were looked for in what all stacks leave behind, and none was found where it may not be`];
}

function shownSteps(stacks: readonly StackResult[]): readonly Step[] {
  return steps.filter((step) => step !== "real provider" || stacks.some(({ seconds }) => step in seconds));
}

function realLines({ provider, from, leftOut, lackedByMoto = [], unlisted }: RealProviderReport): readonly string[] {
  return [
    `the real provider was ${provider}, from ${from}`,
    ...(leftOut.length === 0 ? [] : [`left out, because it does not know it: ${leftOut.join(", ")}`]),
    ...(lackedByMoto.length === 0 ? [] : [`not proved on moto, which lacks it: ${lackedByMoto.join(", ")}`]),
    ...(unlisted === undefined
      ? []
      : [
          `rehearsal/real-providers/known-after-apply.json has no list for this version; its plans differ from the simulated ones here:`,
          ...unlisted,
        ]),
  ];
}

function remark({ failed, scope, seconds, destroyed }: StackResult): string {
  if (failed !== undefined) return `${failed} failed`;
  if (scope === "applied" && seconds.apply !== undefined) return "applied only";
  return destroyed ? "came through" : "not to its end";
}
