import type { EnvironmentJson } from "./environment-json";
import type { Test } from "./finding";
import { Place } from "./place";

/** What gives a workload its variables; the check of connections has them all. */
const access = ["data/ConnectionCheck/Access"];

/** Variables that a workload sees that uses everything, whatever the target. */
export const workloadVariables = [
  "DATABASE_HOST",
  "DATABASE_PORT",
  "DATABASE_NAME",
  "DATABASE_USER",
  "DATABASE_PASSWORD",
  "DATABASE_URL",
  "REDIS_URL",
  "REDIS_CA_FILE",
  "S3_ENDPOINT",
  "S3_BUCKET",
  "S3_REGION",
] as const;

export type WorkloadVariable = (typeof workloadVariables)[number];

/** The variables that a workload sees: keys of the ConfigMap, and of the Secret that the ExternalSecret makes. */
export function variablePlaces(environment: EnvironmentJson): readonly Place[] {
  const own = environment.below(access);
  const plain = own.all("kubernetes_config_map_v1").map((map) => map.at("data"));
  const secret = own.manifests("ExternalSecret").map((copy) => copy.at("spec", "target", "template", "data"));
  return [...plain, ...secret].flatMap((place) => Object.keys(place.value ?? {}).map((name) => place.at(name)));
}

/** A variable that a workload sees; nothing where there is none. */
export function variable(environment: EnvironmentJson, name: WorkloadVariable): Place {
  return (
    variablePlaces(environment).find(({ steps }) => steps.at(-1) === name) ??
    new Place(`${environment.name}-data`, [`no variable ${name}`], undefined)
  );
}

/** A secret is among those that are copied for workloads. */
export function isCopiedToWorkloads(environment: EnvironmentJson): Test {
  const copied = environment
    .below(access)
    .manifests("ExternalSecret")
    .flatMap((copy) => copy.at("spec", "data").items())
    .map((one) => one.at("remoteRef", "key").value);
  return (key) => copied.includes(key);
}

function variablesOf(environment: EnvironmentJson): readonly string[] {
  return variablePlaces(environment)
    .map(({ steps }) => String(steps.at(-1)))
    .sort();
}

/** Variables that a workload lacks in an environment, or has in addition: each is told that not all environments have. */
export function variableProblems(environments: readonly EnvironmentJson[]): readonly string[] {
  const byEnvironment = environments.map((environment) => ({ name: environment.name, variables: variablesOf(environment) }));
  const expected = new Set([...workloadVariables, ...byEnvironment.flatMap(({ variables }) => variables)]);
  return byEnvironment.flatMap(({ name, variables }) => [
    ...[...expected]
      .filter((variable) => !variables.includes(variable))
      .map((variable) => `${name}: variable ${variable} of workloads is missing; every environment has to have the same names`),
    ...variables
      .filter((variable, index) => variables[index + 1] === variable)
      .map((variable) => `${name}: variable ${variable} of workloads is given twice; one of the two is lost`),
  ]);
}
