import type { Problem } from "../shared/errors";
import type { RuleGroup } from "./alert";
import { promqlProblem } from "./promql";

/** Everything that is wrong with rules, but for what only Prometheus itself would find. */
export function ruleProblems(path: string, groups: readonly RuleGroup[]): readonly Problem[] {
  return groups.flatMap(({ alerts = [], name: group, recordings = [] }) => [
    ...recordings.flatMap(({ expression, record }) => expressionProblems(`${path}.${group}.${record}`, expression)),
    ...alerts.flatMap(({ expression, name }) => expressionProblems(`${path}.${group}.${name}`, expression)),
  ]);
}

function expressionProblems(path: string, expression: string): readonly Problem[] {
  const wrong = promqlProblem(expression);
  return wrong === undefined
    ? []
    : [{ path, field: "expression", value: expression, limit: "an expression of PromQL", fix: `it does not parse at "${wrong}"` }];
}
