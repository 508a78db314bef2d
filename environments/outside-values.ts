import { readFileSync } from "node:fs";
import type { Problem } from "../constructs/shared/errors";
import { environmentNames, type EnvironmentName } from "./environment";
import { suggestion } from "./suggestion";
import { listOf, overrides, valuesVariable, variableName, type Override } from "./variables";

/** What the file named by `EVENKEEL_VALUES` holds, by environment. */
export interface ValuesFile {
  readonly file: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Reads the values file. What is wrong with it as a whole is added to `problems`. */
export function readValues(file: string | undefined, problems: Problem[]): ValuesFile {
  const none = { file: file ?? "", values: {} };
  if (file === undefined) return none;
  const refused = (field: string, value: unknown, limit: string, fix: string, path = file) =>
    problems.push({ path, field, value, limit, fix });
  try {
    const values: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""), (key, value: unknown) => {
      if (key !== "__proto__") return value;
      refused(key, value, "a field that exists", "remove it");
      return undefined; // takes the key away: merged somewhere, it could change what every object is
    });
    if (!isObject(values)) {
      refused(valuesVariable, file, "a file with one JSON object", 'write { "dev": { ... } }', "environment variables");
      return none;
    }
    for (const name of Object.keys(values).filter((name) => !environmentNames.some((known) => known === name))) {
      refused(name, values[name], `one of ${environmentNames.join(", ")}`, suggestion(name, environmentNames) ?? "remove it");
    }
    return { file, values };
  } catch (error) {
    const reason = String(error)
      .replace(/^\w*Error: /, "")
      .replaceAll(/\s+/g, " ");
    refused(valuesVariable, file, "a readable JSON file", reason, "environment variables");
    return none;
  }
}

/** Puts the values of an environment from the file into `input`. */
export function applyValues(name: EnvironmentName, input: unknown, { file, values }: ValuesFile): readonly Problem[] {
  if (!Object.hasOwn(values, name)) return [];
  const given = values[name];
  if (!isObject(given)) {
    return [{ path: file, field: name, value: given, limit: "an object", fix: "write { ... }, or leave the environment out" }];
  }
  mergeInto(input, given);
  return [];
}

/** Puts the values of an environment from single variables into `input`. */
export function applyOverrides(name: EnvironmentName, input: unknown, variables: Readonly<Record<string, string>>): readonly Problem[] {
  return overrides[name].flatMap((override) => {
    const variable = variableName(name, override);
    const given = variables[variable];
    if (given === undefined || assign(input, override.path, valueOf(given, override))) return [];
    return [
      {
        path: "environment variables",
        field: variable,
        value: given,
        limit: `left out while ${name} has no ${override.path.join(".")}`,
        fix: "unset it, or change that part of the environment first",
      },
    ];
  });
}

function valueOf(given: string, override: Override): unknown {
  switch (override.type) {
    case "text":
      return given;
    case "number":
      // What is no number stays text, so that the refusal shows what was given.
      return /^\d+$/.test(given) ? Number(given) : given;
    case "list":
      return listOf(given);
  }
}

/** Sets a value where one stands already; false when nothing stands there. */
function assign(input: unknown, path: readonly string[], value: unknown): boolean {
  const [key, ...rest] = path;
  if (key === undefined || !isObject(input) || !Object.hasOwn(input, key)) return false;
  if (rest.length > 0) return assign(input[key], rest, value);
  input[key] = value;
  return true;
}

/** Unions: half of one variant and half of another would make no sense, so these are replaced whole. */
const replacedWhole = ["network", "endpoint", "waf", "topology"];

function mergeInto(input: unknown, values: Readonly<Record<string, unknown>>): void {
  if (!isObject(input)) return;
  for (const [key, value] of Object.entries(values)) {
    const current = Object.hasOwn(input, key) ? input[key] : undefined;
    if (isObject(current) && isObject(value) && !replacedWhole.includes(key)) mergeInto(current, value);
    else input[key] = value;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
