import { readFileSync } from "node:fs";
import { refuse, type Problem } from "../constructs/shared/errors";
import { environmentNames, environmentSchema, type Environment, type EnvironmentName } from "./environment";
import { environments } from "./index";
import { placeholdersOf, type Placeholder } from "./placeholders";
import { problemsOf, suggestion } from "./problems";
import { awsRules } from "./rules/aws-rules";
import { commonRules } from "./rules/common-rules";
import { fleetProblems } from "./rules/fleet-rules";
import { localRules } from "./rules/local-rules";
import type { Rule } from "./rules/rule";
import { safetyRules } from "./rules/safety-rules";
import { givenVariables, knownVariables, overrides, selectionVariable, valuesVariable, variableName, type Override } from "./variables";

export interface LoadOptions {
  /** Environments to load. @default what `EVENKEEL_ENVIRONMENTS` chooses, else all */
  readonly names?: readonly string[];
  /** Variables that give values from outside. @default those of this process */
  readonly variables?: Readonly<Record<string, string>>;
  /** Values before anything from outside. @default the committed ones */
  readonly committed?: Readonly<Record<EnvironmentName, unknown>>;
}

export interface LoadedEnvironments {
  readonly environments: readonly Environment[];
  /** Committed stand-ins for values that only the reader's account has. */
  readonly placeholders: readonly Placeholder[];
}

/**
 * The chosen environments, with the values from outside, checked.
 * @throws ConfigurationError with every problem of every chosen environment
 */
export function loadEnvironments(options: LoadOptions = {}): LoadedEnvironments {
  const variables = options.variables ?? givenVariables();
  const committed = options.committed ?? environments;
  const problems: Problem[] = [...unknownVariables(variables)];
  const names = selected(options.names ?? listOf(variables[selectionVariable] ?? ""), problems);
  const values = valuesFrom(variables[valuesVariable], problems);

  const checked = names.map((name) => {
    const input = structuredClone(committed[name]);
    mergeInto(input, values[name]);
    problems.push(...applyOverrides(name, input, variables));
    return check(name, input);
  });
  const neighbours = checked.flatMap(({ neighbour }) => neighbour ?? []);
  refuse([...problems, ...checked.flatMap((one) => one.problems), ...fleetProblems(neighbours)]);
  const loaded = checked.flatMap(({ environment }) => environment ?? []);
  return { environments: loaded, placeholders: loaded.flatMap(placeholdersOf) };
}

interface Checked {
  /** The environment, when nothing is wrong with it. */
  readonly environment?: Environment;
  /** The environment, when its addresses can be compared with those of others, whatever else is wrong with it. */
  readonly neighbour?: Environment;
  readonly problems: readonly Problem[];
}

/** One environment against the schema, and against every rule whose fields are well-formed. */
export function check(name: EnvironmentName, input: unknown): Checked {
  const parsed = environmentSchema.safeParse(input);
  const malformed = parsed.success ? [] : problemsOf(name, input, parsed.error.issues);
  const broken = malformed.map((problem) => [...problem.path.split(".").slice(1), problem.field].join("."));
  const wellFormed = (fields: readonly string[]) => !fields.some((field) => broken.some((other) => touches(field, other)));
  // Rules read only fields that the schema accepted, so that all problems are told at once.
  const environment = input as Environment;
  const problems = [
    ...malformed,
    ...violations(environment, wellFormed),
    ...(parsed.success && parsed.data.name !== name
      ? [{ path: name, field: "name", value: parsed.data.name, limit: JSON.stringify(name), fix: "name it like its file" }]
      : []),
  ];
  return {
    ...(parsed.success && problems.length === 0 ? { environment: parsed.data } : {}),
    ...(wellFormed(["(whole)", "name", "target", ...addressFields]) ? { neighbour: environment } : {}),
    problems,
  };
}

/** Fields that {@link fleetProblems} reads. */
const addressFields = ["kind.podCidr", "kind.serviceCidr", "network", "cluster.endpoint"];

function violations(environment: Environment, wellFormed: (fields: readonly string[]) => boolean): readonly Problem[] {
  const apply = <Target extends Environment>(target: Target, rules: readonly Rule<Target>[]) =>
    rules.filter((rule) => wellFormed(["(whole)", "target", ...rule.reads])).flatMap((rule) => rule.check(target));
  switch (environment?.target) {
    case "local":
      return apply(environment, [...commonRules, ...localRules]);
    case "aws":
      return apply(environment, [...commonRules, ...awsRules, ...safetyRules]);
    default:
      return []; // The schema has refused the target already.
  }
}

function touches(field: string, other: string): boolean {
  return field === other || field.startsWith(`${other}.`) || other.startsWith(`${field}.`);
}

function selected(names: readonly string[], problems: Problem[]): readonly EnvironmentName[] {
  const isKnown = (name: string): name is EnvironmentName => environmentNames.some((known) => known === name);
  for (const name of names.filter((name) => !isKnown(name))) {
    problems.push({
      path: "environments",
      field: "selection",
      value: name,
      limit: `one of ${environmentNames.join(", ")}`,
      fix: suggestion(name, environmentNames) ?? "choose one of them",
    });
  }
  if (names.length === 0) return environmentNames;
  return environmentNames.filter((name) => names.includes(name)); // in their order, each once
}

function unknownVariables(variables: Readonly<Record<string, string>>): Problem[] {
  const known = knownVariables();
  return Object.entries(variables)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => ({
      path: "environment variables",
      field: name,
      value,
      limit: "a variable that exists",
      fix: suggestion(name, known) ?? "unset it; the README lists the variables",
    }));
}

function applyOverrides(name: EnvironmentName, input: unknown, variables: Readonly<Record<string, string>>): Problem[] {
  return overrides[name].flatMap((override) => {
    const variable = variableName(name, override);
    const given = variables[variable];
    if (given === undefined || assign(input, override.path, valueOf(given, override))) return [];
    return [
      {
        path: "environment variables",
        field: variable,
        value: given,
        limit: `left out while ${name} has no ${override.path.slice(0, -1).join(".")} with ${override.path.at(-1)}`,
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

function listOf(given: string): readonly string[] {
  return given
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}

/** Sets a value where one stands already; false when nothing stands there. */
function assign(input: unknown, path: readonly string[], value: unknown): boolean {
  const [key, ...rest] = path;
  if (key === undefined || !isObject(input) || !Object.hasOwn(input, key)) return false;
  if (rest.length > 0) return assign(input[key], rest, value);
  input[key] = value;
  return true;
}

function valuesFrom(file: string | undefined, problems: Problem[]): Record<string, unknown> {
  if (file === undefined) return {};
  const broken = (limit: string, fix: string) => {
    problems.push({ path: "environment variables", field: valuesVariable, value: file, limit, fix });
    return {};
  };
  try {
    const values: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (!isObject(values)) return broken("a file with one JSON object", 'write { "dev": { ... } }');
    for (const name of Object.keys(values).filter((name) => !environmentNames.some((known) => known === name))) {
      problems.push({
        path: file,
        field: name,
        value: values[name],
        limit: `one of ${environmentNames.join(", ")}`,
        fix: suggestion(name, environmentNames) ?? "remove it",
      });
    }
    return values;
  } catch (error) {
    return broken("a readable JSON file", error instanceof Error ? error.message : String(error));
  }
}

/** Unions: half of one variant and half of another would make no sense, so these are replaced whole. */
const replacedWhole = ["network", "endpoint", "reach"];

function mergeInto(input: unknown, values: unknown): void {
  if (!isObject(input) || !isObject(values)) return;
  for (const [key, value] of Object.entries(values)) {
    const current = Object.hasOwn(input, key) ? input[key] : undefined;
    if (isObject(current) && isObject(value) && !replacedWhole.includes(key)) mergeInto(current, value);
    else Object.defineProperty(input, key, { value, enumerable: true, writable: true, configurable: true });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
