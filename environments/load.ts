import type { Application } from "../applications/application";
import { checkApplications } from "../applications/check";
import { applications as committedApplications } from "../applications/index";
import { refuse, type Problem } from "../constructs/shared/errors";
import { check } from "./check";
import { dayAt, isDay } from "./day";
import { environmentNames, type Environment, type EnvironmentName } from "./environment";
import { environments } from "./index";
import { applyOverrides, applyValues, readValues } from "./outside-values";
import { placeholdersOf, type Placeholder } from "./placeholders";
import { fleetProblems } from "./rules/fleet-rules";
import { suggestion } from "./suggestion";
import { chartDataVariable, givenVariables, knownVariables, listOf, selectionVariable, todayVariable, valuesVariable } from "./variables";

export interface LoadOptions {
  /** Environments to load. @default what `EVENKEEL_ENVIRONMENTS` chooses, else all */
  readonly names?: readonly string[];
  /** Variables that give values from outside. @default those of this process */
  readonly variables?: Readonly<Record<string, string>>;
  /** Values before anything from outside. @default the committed ones */
  readonly committed?: Readonly<Record<EnvironmentName, unknown>>;
  /** Applications that every environment runs. @default the committed ones */
  readonly applications?: unknown;
}

/** Environments that may be synthesized. */
export interface LoadedEnvironments {
  readonly environments: readonly Environment[];
  /** What every one of them runs. */
  readonly applications: readonly Application[];
  /** Committed stand-ins for values that only the reader's account has. */
  readonly placeholders: readonly Placeholder[];
  /** Day that ends of support are compared with, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * The chosen environments, with the values from outside, and what they run, checked.
 * @throws ConfigurationError with every problem of every chosen environment and of the applications
 */
export function loadEnvironments(options: LoadOptions = {}): LoadedEnvironments {
  const variables = options.variables ?? givenVariables();
  const committed = options.committed ?? environments;
  const problems: Problem[] = unknownVariables(variables);
  const names = selected(options.names, variables[selectionVariable], problems);
  const values = readValues(variables[valuesVariable], problems);
  const today = dayOf(variables[todayVariable], problems);

  const checked = names.map((name) => {
    const input: unknown = structuredClone(committed[name]);
    problems.push(...applyValues(name, input, values), ...applyOverrides(name, input, variables));
    return check(name, input);
  });
  const together = fleetProblems(checked.map(({ neighbour }) => neighbour));
  const loaded = checked.flatMap(({ environment }) => environment ?? []);
  const { applications, problems: ofApplications } = checkApplications(options.applications ?? committedApplications, loaded);
  refuse([...problems, ...checked.flatMap((one) => one.problems), ...together, ...ofApplications]);
  return { environments: loaded, applications, placeholders: loaded.flatMap(placeholdersOf), today };
}

/** The day that a variable gives, or this one. What is no day is added to `problems`. */
function dayOf(value: string | undefined, problems: Problem[]): string {
  if (value !== undefined && !isDay(value)) {
    problems.push({
      path: "environment variables",
      field: todayVariable,
      value,
      limit: "a day such as 2026-11-21",
      fix: "correct it, or unset it",
    });
  }
  return value ?? dayAt(new Date());
}

/** The chosen environments in their order, each once. What chooses none of them is added to `problems`. */
function selected(names: readonly string[] | undefined, variable: string | undefined, problems: Problem[]): readonly EnvironmentName[] {
  if (names === undefined && variable === undefined) return environmentNames;
  const origin = names ? { path: "command line", field: "environment" } : { path: "environment variables", field: selectionVariable };
  const given = names ?? listOf(variable ?? "");
  const unknown = given.filter((name) => !environmentNames.some((known) => known === name));
  for (const value of given.length === 0 ? [variable ?? ""] : unknown) {
    const fix = suggestion(value, environmentNames) ?? "choose one of them";
    problems.push({ ...origin, value, limit: `one of ${environmentNames.join(", ")}`, fix });
  }
  return environmentNames.filter((name) => given.includes(name));
}

function unknownVariables(variables: Readonly<Record<string, string>>): Problem[] {
  const known = knownVariables();
  return Object.entries(variables)
    .filter(([name]) => ![...known, chartDataVariable].includes(name))
    .map(([name, value]) => ({
      path: "environment variables",
      field: name,
      value,
      limit: "a variable that exists",
      fix: suggestion(name, known) ?? "unset it; the README lists the variables",
    }));
}
