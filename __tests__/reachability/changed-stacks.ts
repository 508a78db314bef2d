import type { Stacks } from "./comparison";

/** Way to a value within a stack's JSON. */
export type Steps = readonly (string | number)[];

/** Stacks with one value changed; it goes where nothing comes in its place. The others are as they were. */
export function changedStacks(stacks: Stacks, stack: string, steps: Steps, change: (value: unknown) => unknown): Stacks {
  return { ...stacks, [stack]: put(stacks[stack], steps, change) };
}

/** Every way to a key below a value. */
export function waysTo(key: string, value: unknown, steps: Steps = []): readonly Steps[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, below]) => {
    const here = [...steps, Array.isArray(value) ? Number(name) : name];
    return name === key ? [here] : waysTo(key, below, here);
  });
}

function put(value: unknown, [step, ...rest]: Steps, change: (value: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (typeof value !== "object" || value === null) throw new Error(`there is no ${[step, ...rest].join(".")}`);
  const next = put(Reflect.get(value, step), rest, change);
  if (Array.isArray(value)) return value.flatMap((each: unknown, index) => (index !== step ? [each] : next === undefined ? [] : [next]));
  const others = Object.entries(value).filter(([key]) => key !== step);
  return Object.fromEntries(next === undefined ? others : [...others, [step, next]]);
}
