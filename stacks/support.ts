import { isRecorded } from "../constructs/ledger/ledger-entry";
import type { Problem } from "../constructs/shared/errors";
import { daysBetween } from "../environments/day";
import type { EnvironmentName } from "../environments/environment";
import type { EnvironmentStacks } from "./environment-stacks";

/** How long before the end of support it is told, in days. */
const noticeDays = 90;

/** A version that somebody runs and that is out of support, or soon will be. */
export interface EndingSupport {
  readonly environment: EnvironmentName;
  /** Name in the ledger: a chart, an image without its tag, an engine. */
  readonly name: string;
  readonly version: string;
  /** Last day of support, `YYYY-MM-DD`. */
  readonly ends: string;
  /** Path of the construct that runs it. */
  readonly path: string;
  readonly ended: boolean;
}

/** What an environment runs whose support has ended, or ends within 90 days; the soonest first. */
export function endingSupport({ environment, ordered }: EnvironmentStacks, today: string): readonly EndingSupport[] {
  return ordered
    .flatMap((stack) => stack.node.findAll().filter(isRecorded))
    .flatMap(({ ledgerEntries, node: { path } }) => Object.entries(ledgerEntries).map(([name, entry]) => ({ name, entry, path })))
    .map(({ name, entry: { version, support }, path }) => ({
      environment: environment.name,
      name,
      version,
      ends: support.ends,
      path,
      ended: support.ends < today,
    }))
    .filter(({ ends }) => daysBetween(today, ends) <= noticeDays)
    .sort((one, other) => one.ends.localeCompare(other.ends) || one.path.localeCompare(other.path));
}

/** Production runs nothing that nobody mends any more; elsewhere it is only told, so that the upgrade can be tried there. */
export function supportProblems(ending: readonly EndingSupport[], today: string): readonly Problem[] {
  return ending
    .filter(({ environment, ended }) => environment === "prod" && ended)
    .map(({ name, version, ends, path }) => ({
      path,
      field: `version of ${name}`,
      value: version,
      limit: `supported on ${today}: its support ended on ${ends}`,
      fix: "upgrade it, docs/capabilities/addons.md says how",
    }));
}

/** What to tell about ending support; undefined when nothing ends. */
export function supportNotice(ending: readonly EndingSupport[]): string | undefined {
  if (ending.length === 0) return undefined;
  const lines = ending.map(
    ({ environment, name, version, ends, path, ended }) =>
      `  ${environment}: support of ${name} ${version} ${ended ? "ended" : "ends"} on ${ends} (${path})`,
  );
  return `Production refuses what is out of support. Upgrade before, docs/capabilities/addons.md says how:\n${lines.join("\n")}`;
}
