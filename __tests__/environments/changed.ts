import { ConfigurationError, describe as told } from "../../constructs/shared/errors";
import type { EnvironmentName } from "../../environments/environment";
import { environments } from "../../environments/index";
import { loadEnvironments, type LoadOptions } from "../../environments/load";

/** Values by their dotted path within an environment; `undefined` takes the field away. */
export type Changes = Readonly<Record<string, unknown>>;

/** Changes by environment. */
export type FleetChanges = Readonly<Partial<Record<EnvironmentName, Changes>>>;

/** The committed values with changes, which need not be valid. */
export function committedWith(changes: FleetChanges): Record<EnvironmentName, unknown> {
  const copy = structuredClone<Record<EnvironmentName, unknown>>(environments);
  for (const [name, values] of Object.entries(changes)) {
    for (const [path, value] of Object.entries(values)) put(copy, [name, ...path.split(".")], value);
  }
  return copy;
}

/** What is told about an environment with changes, line by line; nothing when it loads. */
export function refusals(name: EnvironmentName, changes: Changes, variables: Readonly<Record<string, string>> = {}): readonly string[] {
  return refusalsOf({ names: [name], variables, committed: committedWith({ [name]: changes }) });
}

/** What is told when environments are loaded, line by line; nothing when they load. */
export function refusalsOf(options: LoadOptions): readonly string[] {
  try {
    loadEnvironments({ variables: {}, applications: [], ...options }); // those have tests of their own, with the environments as they are
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(told);
    throw error; // a crash is never a refusal
  }
}

/** Puts a value where its path says, below something that is there; `undefined` takes the field away. */
export function put(target: unknown, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  if (typeof target !== "object" || target === null) throw new Error(`nothing to change at ${path.join(".")}`);
  if (rest.length > 0) put(Reflect.get(target, key), rest, value);
  else if (value === undefined) Reflect.deleteProperty(target, key);
  else Reflect.set(target, key, value);
}
