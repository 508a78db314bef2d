import type { Problem } from "../constructs/shared/errors";
import { environmentSchema, type Environment, type EnvironmentName } from "./environment";
import { problemsOf } from "./problems";
import { addonRules } from "./rules/addon-rules";
import { alertingRules, awsAlertingRules } from "./rules/alerting-rules";
import { awsRules } from "./rules/aws-rules";
import { commonRules } from "./rules/common-rules";
import { cacheRules, elasticacheRules, inClusterCacheRules } from "./rules/cache-rules";
import { databaseRules } from "./rules/database-rules";
import { neighbour, type Neighbour } from "./rules/fleet-rules";
import { localRules } from "./rules/local-rules";
import { awsPolicyRules, localPolicyRules } from "./rules/policy-rules";
import { minioRules, objectStoreRules, s3Rules } from "./rules/object-store-rules";
import { observabilityRules } from "./rules/observability-rules";
import { rdsRules } from "./rules/rds-rules";
import type { Rule } from "./rules/rule";
import { safetyRules } from "./rules/safety-rules";
import { localTelemetryRules, telemetryRules } from "./rules/telemetry-storage-rules";
import { wellFormedBut } from "./well-formed";

/** What came out of the check of one environment. */
export interface Checked {
  /** The environment, when nothing is wrong with it. */
  readonly environment?: Environment;
  /** The environment as it can be compared with others. */
  readonly neighbour: Neighbour;
  readonly problems: readonly Problem[];
}

/** One environment against the schema, and against every rule whose fields are well-formed. */
export function check(name: EnvironmentName, input: unknown): Checked {
  const parsed = environmentSchema.safeParse(input);
  const issues = parsed.success ? [] : parsed.error.issues;
  const wellFormed = wellFormedBut(issues);
  // Rules read only fields that the schema accepted, so that all problems are told at once, under the name that was asked for.
  const environment = { ...(input as Environment), name } as Environment;
  const problems = [
    ...problemsOf(environmentSchema, name, input, issues),
    ...(wellFormed(["target", "name"]) ? misnamed(name, (input as Environment).name) : []),
    ...violations(environment, wellFormed),
  ];
  return {
    ...(parsed.success && problems.length === 0 ? { environment: parsed.data } : {}),
    neighbour: neighbour(environment, wellFormed),
    problems,
  };
}

function violations(environment: Environment, wellFormed: (fields: readonly string[]) => boolean): readonly Problem[] {
  const apply = <Target extends Environment>(target: Target, rules: readonly Rule<Target>[]) =>
    rules.filter((rule) => wellFormed(["target", ...rule.reads])).flatMap((rule) => rule.check(target));
  const shared = [
    ...commonRules,
    ...addonRules,
    ...alertingRules,
    ...databaseRules,
    ...cacheRules,
    ...objectStoreRules,
    ...observabilityRules,
    ...telemetryRules,
  ];
  switch (environment.target) {
    case "local":
      return apply(environment, [
        ...shared,
        ...localRules,
        ...localPolicyRules,
        ...inClusterCacheRules,
        ...minioRules,
        ...localTelemetryRules,
      ]);
    case "aws":
      return apply(environment, [
        ...shared,
        ...awsRules,
        ...awsPolicyRules,
        ...safetyRules,
        ...awsAlertingRules,
        ...rdsRules,
        ...elasticacheRules,
        ...s3Rules,
      ]);
    default:
      return []; // The schema has refused the target already.
  }
}

function misnamed(name: EnvironmentName, value: string): readonly Problem[] {
  return value === name ? [] : [{ path: name, field: "name", value, limit: `"${name}"`, fix: "name it like its file" }];
}
