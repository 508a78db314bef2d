import type { AwsEnvironment, LocalEnvironment } from "../environment";
import { problem, repetitions, type Rule } from "./rule";

const production: Rule<AwsEnvironment> = {
  reads: ["name", "policies.mode"],
  check: (environment) =>
    environment.name === "prod" && environment.policies.mode !== "enforce"
      ? [problem(environment, "policies.mode", environment.policies.mode, '"enforce" in prod', "what is only reported runs all the same")]
      : [],
};

const lists: Rule = {
  reads: ["policies.trustedRegistries", "policies.signingKeys"],
  check: (environment) => [
    ...repetitions(environment, "policies.trustedRegistries", environment.policies.trustedRegistries),
    ...repetitions(environment, "policies.signingKeys", environment.policies.signingKeys),
  ],
};

/** The registry on the laptop is `localhost` for nodes; a pod that would read signatures there would ask itself. */
const localSignatures: Rule<LocalEnvironment> = {
  reads: ["policies.signingKeys"],
  check: (environment) =>
    environment.policies.signingKeys.length === 0
      ? []
      : [
          problem(
            environment,
            "policies.signingKeys",
            environment.policies.signingKeys,
            "[] where target is local",
            "signatures are only asked for in the cloud: no pod reaches the laptop's registry by the name that images have",
          ),
        ],
};

export const localPolicyRules: readonly Rule<LocalEnvironment>[] = [lists, localSignatures];
export const awsPolicyRules: readonly Rule<AwsEnvironment>[] = [lists, production];
