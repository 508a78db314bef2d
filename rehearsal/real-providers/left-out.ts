import { isDeepStrictEqual } from "node:util";
import type { UnknownArgument } from "./unknown-arguments";

/** An argument that is left out for an older provider, and what it has to be in the stacks that ship. */
export interface LeftOut {
  /** Resource type, `data.<type>` or `provider.<name>`. */
  readonly type: string;
  /** Dotted path in the block. */
  readonly argument: string;
  readonly reason: string;
  /** Value by stack. No engine looks at it, so it is asserted here. */
  readonly expected: Readonly<Record<string, unknown>>;
}

/** The committed lists of `left-out-arguments.json`, by the provider's source and its version. */
export type LeftOutLists = Readonly<Record<string, Readonly<Record<string, readonly LeftOut[]>>>>;

/** An argument that was left out, with the stack that it was left out of. */
export interface LeftOutOfStack extends UnknownArgument {
  readonly stack: string;
}

/**
 * What is wrong with what was left out: arguments that the list does not have, entries that are no longer needed,
 * and values that are not the expected ones. Each says what to do.
 * @param provider source and version, e.g. `registry.terraform.io/hashicorp/aws 5.100.0`
 */
export function leftOutProblems(found: readonly LeftOutOfStack[], list: readonly LeftOut[], provider: string): readonly string[] {
  const isOf = (entry: LeftOut) => (one: UnknownArgument) => one.type === entry.type && one.argument === entry.argument;
  const unlisted = found.filter((one) => !list.some((entry) => isOf(entry)(one)));
  return [
    ...unlisted.map(
      (one) =>
        `${nameOf(one)} in ${one.stack} is not known to ${provider}; correct it where the pinned version does not know it either, ` +
        `else add it to rehearsal/real-providers/left-out-arguments.json with the reason and the value expected in each stack (here ${JSON.stringify(one.value)})`,
    ),
    ...list.flatMap((entry) => {
      const its = found.filter(isOf(entry));
      if (its.length > 0) return valueProblems(entry, its);
      return [
        `${nameOf(entry)} is listed for ${provider}, but nothing was left out; remove it from rehearsal/real-providers/left-out-arguments.json`,
      ];
    }),
  ];
}

function valueProblems(entry: LeftOut, found: readonly LeftOutOfStack[]): readonly string[] {
  const wrong = found
    .filter(({ stack, value }) => !isDeepStrictEqual(value, entry.expected[stack]))
    .map(({ stack, value }) => ({ stack, value: JSON.stringify(value) }));
  const absent = Object.keys(entry.expected)
    .filter((stack) => !found.some((one) => one.stack === stack))
    .map((stack) => ({ stack, value: "missing" }));
  return [...wrong, ...absent].map(
    ({ stack, value }) =>
      `${stack}: ${nameOf(entry)} is ${value}, must be ${JSON.stringify(entry.expected[stack]) ?? "listed"}; ` +
      `correct the stack, or what rehearsal/real-providers/left-out-arguments.json expects`,
  );
}

function nameOf({ type, argument }: Pick<LeftOut, "type" | "argument">): string {
  return `${type}.${argument}`;
}
