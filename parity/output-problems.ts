import type { Capability } from "./capability";
import type { EnvironmentJson } from "./environment-json";
import type { OutputTypes } from "./output-type";

/** Interface outputs that are missing or of another type, and outputs that not all environments have. */
export function outputProblems(
  environments: readonly EnvironmentJson[],
  capabilities: readonly Capability[],
  types: OutputTypes,
): readonly string[] {
  const expected = Object.fromEntries(capabilities.flatMap(({ outputs }) => Object.entries(outputs)));
  const others = [...new Set(environments.flatMap((environment) => environment.outputNames()))].filter((name) => !(name in expected));
  return environments.flatMap((environment) => [
    ...Object.entries(expected).flatMap(([name, type]) => {
      const output = environment.output(name);
      const found = types.of(output, environment);
      return found === type
        ? []
        : [`${environment.name}: output ${name} is ${found ?? "missing or refers to nothing"}, must be a ${type}; found ${output.path}`];
    }),
    ...others
      .filter((name) => !environment.outputNames().includes(name))
      .map((name) => `${environment.name}: output ${name} is missing, other environments have it; publish it from what all targets share`),
  ]);
}
