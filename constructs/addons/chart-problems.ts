import { Release } from "@cdktf/provider-helm/lib/release";
import type { IConstruct } from "constructs";
import type { Problem } from "../shared/errors";

/** A version that means one chart: Helm would take the newest of `^1.2`, and the newest of all without any. */
const exact = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** What is wrong with a release of a chart that is fetched: without an exact version it is another one every day. */
export function chartProblems(construct: IConstruct): readonly Problem[] {
  if (!(construct instanceof Release)) return [];
  const { chartInput: chart = "", repositoryInput: repository, versionInput: value } = construct;
  const fetched = repository !== undefined || chart.includes("://");
  if (!fetched || (value !== undefined && exact.test(value))) return [];
  const fix = "name the one that was tested, in constructs/ledger/charts.ts";
  return [{ path: construct.node.path, field: `version of ${chart}`, value, limit: "an exact version such as 1.2.3", fix }];
}
