import type { Problem } from "../../constructs/shared/errors";
import { nameLimitBroken, type ComposedName } from "../../constructs/shared/naming";
import { ownTagKeys, tagsOf } from "../../constructs/shared/tags";
import type { Environment } from "../environment";
import { problem, repetitions, type Rule } from "./rule";

/** Composed names are checked as they will exist, after composition; the first one that each service refuses is told. */
export function nameProblems(environment: Environment, names: readonly ComposedName[]): readonly Problem[] {
  const refused = names.flatMap((composed) => {
    const limit = nameLimitBroken(composed);
    return limit === undefined ? [] : [{ ...composed, limit }];
  });
  return refused
    .filter(({ service }, index) => refused.findIndex((other) => other.service === service) === index)
    .map(({ service, name, limit }) =>
      problem(environment, `name of the ${service}`, name, limit, "change the project, or the part that follows the environment's name"),
    );
}

const target: Rule = {
  reads: ["name"],
  check: (environment) => {
    const expected = environment.name === "local" ? "local" : "aws";
    return environment.target === expected
      ? []
      : [problem(environment, "target", environment.target, `"${expected}" for ${environment.name}`, "only local runs on the laptop")];
  },
};

const images: Rule = {
  reads: ["images"],
  check: (environment) => repetitions(environment, "images", environment.images),
};

/** AWS takes 50 tags; services add some of their own to what they make, hence the margin. */
const mostTags = 40;

const tags: Rule = {
  reads: ["name", "project", "owner", "costCenter", "tags"],
  check: (environment) => [
    ...keysThatDifferInCase(environment.tags).map((key) =>
      problem(environment, "tags", key, "a key that no other has in other letters", "IAM takes no second one: rename it"),
    ),
    ...Object.keys(environment.tags)
      .filter((key) => ownTagKeys.some((own) => own.toLowerCase() === key.toLowerCase()))
      .map((key) =>
        problem(environment, "tags", key, "a key that the platform does not set itself", "remove it, or change the field it comes from"),
      ),
    ...[Object.keys(tagsOf(environment)).length]
      .filter((count) => count > mostTags)
      .map((count) => problem(environment, "tags", count, `at most ${mostTags} tags, ours included`, "remove some")),
  ],
};

function keysThatDifferInCase(tags: Readonly<Record<string, string>>): readonly string[] {
  const lower = Object.keys(tags).map((key) => key.toLowerCase());
  return Object.keys(tags).filter((_, index) => lower.indexOf(lower[index] ?? "") !== index);
}

const disposal: Rule = {
  reads: ["disposable", "deletionProtection"],
  check: (environment) =>
    environment.disposable && environment.deletionProtection
      ? [
          problem(
            environment,
            "deletionProtection",
            true,
            "false where disposable is true",
            "change one of them: an environment is either thrown away or kept",
          ),
        ]
      : [],
};

export const commonRules: readonly Rule[] = [target, images, tags, disposal];
