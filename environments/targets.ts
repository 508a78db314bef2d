import type { AwsEnvironment, Environment, LocalEnvironment } from "./environment";

/** The environments on this laptop. For commands that work on one target only; what is built is the catalog's business. */
export function onLaptop(environments: readonly Environment[]): readonly LocalEnvironment[] {
  return environments.filter((environment) => environment.target === "local");
}

/** The environments in AWS accounts. */
export function onAws(environments: readonly Environment[]): readonly AwsEnvironment[] {
  return environments.filter((environment) => environment.target === "aws");
}
