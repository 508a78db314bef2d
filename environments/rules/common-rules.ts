import type { Problem } from "../../constructs/shared/errors";
import { nameLimitBroken, type ComposedName } from "../../constructs/shared/naming";
import { ownTagKeys, tagsOf } from "../../constructs/shared/tags";
import type { Environment } from "../environment";
import { placements, type Placement } from "../node-groups";
import { problem, repeated, type Rule } from "./rule";

/** Composed names are checked as they will exist, after composition. */
export function nameProblems(environment: Environment, names: readonly ComposedName[]): readonly Problem[] {
  return names.flatMap((composed) => {
    const limit = nameLimitBroken(composed);
    return limit === undefined
      ? []
      : [problem(environment, "project", composed.name, limit, "shorten or change the project or the part that follows it")];
  });
}

const images: Rule = {
  reads: ["images"],
  check: (environment) =>
    repeated(environment.images).map((image) => problem(environment, "images", image, "named once", "remove the repetition")),
};

/** AWS takes 50 tags; services add some of their own to what they make, hence the margin. */
const mostTags = 40;

const tags: Rule = {
  reads: ["name", "project", "owner", "costCenter", "tags"],
  check: (environment) => [
    ...Object.keys(environment.tags)
      .filter((key) => ownTagKeys.some((own) => own.toLowerCase() === key.toLowerCase()))
      .map((key) =>
        problem(
          environment,
          `tags.${key}`,
          environment.tags[key],
          "a tag that the platform does not set itself",
          "remove it, or change the field it comes from",
        ),
      ),
    ...[Object.keys(tagsOf(environment)).length]
      .filter((count) => count > mostTags)
      .map((count) => problem(environment, "tags", count, `at most ${mostTags} tags, ours included`, "remove some")),
  ],
};

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
            "decide whether the environment may be destroyed",
          ),
        ]
      : [],
};

/** Every placement is served once, so that a workload runs in every environment and nowhere twice. */
export function placementProblems(
  environment: Environment,
  field: string,
  groups: readonly { readonly name: string; readonly placements: readonly Placement[] }[],
) {
  const served = groups.flatMap((group) => group.placements);
  return [
    ...repeated(groups.map((group) => group.name)).map((name) =>
      problem(environment, field, name, "a name used once", "rename one of the groups"),
    ),
    ...placements
      .map((placement) => ({ placement, count: served.filter((other) => other === placement).length }))
      .filter(({ count }) => count !== 1)
      .map(({ placement, count }) =>
        problem(
          environment,
          field,
          `${placement}: ${count} groups`,
          "one group for each placement",
          count === 0 ? `add ${placement} to the placements of a group` : `remove ${placement} from all groups but one`,
        ),
      ),
  ];
}

export const commonRules: readonly Rule[] = [images, tags, disposal];
