import { chartProblems } from "../constructs/addons/chart-problems";
import { HelmAddon } from "../constructs/addons/helm-addon";
import { GuardedNamespace } from "../constructs/namespaces/guarded-namespace";
import { isComposed } from "../constructs/shared/composed";
import type { Problem } from "../constructs/shared/errors";
import { objectProblems } from "../constructs/shared/object-problems";
import type { Environment } from "../environments/environment";
import { suggestion } from "../environments/suggestion";
import type { EnvironmentStacks } from "./environment-stacks";
import { nameClashes } from "./name-clashes";

/** What is wrong with an environment that only shows once all of it has been composed. */
export function compositionProblems({ environment, ordered }: EnvironmentStacks): readonly Problem[] {
  const constructs = ordered.flatMap((stack) => stack.node.findAll());
  const namespaces = constructs.filter((construct) => construct instanceof GuardedNamespace).map(({ namespaceName }) => namespaceName);
  const charts = constructs
    .filter((construct) => construct instanceof HelmAddon)
    .flatMap(({ ledgerEntries }) => Object.keys(ledgerEntries));
  return [
    ...constructs.filter(isComposed).flatMap((construct) => construct.problems()),
    ...constructs.flatMap(objectProblems),
    ...constructs.flatMap(chartProblems),
    ...nameClashes(constructs),
    ...unused(environment, "quotas", namespaces, "a namespace of the platform"),
    ...unused(environment, "addonValues", charts, "a chart that this environment installs"),
  ];
}

/** What is given for something that is not there would be ignored without a word. */
function unused(environment: Environment, field: "quotas" | "addonValues", there: readonly string[], what: string): readonly Problem[] {
  return Object.entries(environment[field])
    .filter(([name]) => !there.includes(name))
    .map(([name, value]) => ({
      path: `${environment.name}.${field}`,
      field: name,
      value,
      limit: what,
      fix: suggestion(name, there) ?? `remove it; there are ${[...new Set(there)].sort().join(", ")}`,
    }));
}
