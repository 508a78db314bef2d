import { z } from "zod";
import type { Problem } from "../constructs/shared/errors";
import type { Environment } from "../environments/environment";
import { problemsOf } from "../environments/problems";
import { wellFormedBut } from "../environments/well-formed";
import { applicationSchema, type Application } from "./application";
import { alertRules } from "./rules/alert-rules";
import { connectionRules } from "./rules/connection-rules";
import { entriesOf, type DeclaredApplication, type DeclaredWorkload } from "./rules/declared";
import { imageRules } from "./rules/image-rules";
import { migrationRules } from "./rules/migration-rules";
import { nameRules } from "./rules/name-rules";
import { ownerRules } from "./rules/owner-rules";
import { portRules } from "./rules/port-rules";
import { resourceRules } from "./rules/resource-rules";
import { routeRules } from "./rules/route-rules";
import { scalingRules } from "./rules/scaling-rules";
import { secretRules } from "./rules/secret-rules";
import { telemetryRules } from "./rules/telemetry-rules";
import { variableRules } from "./rules/variable-rules";
import { volumeRules } from "./rules/volume-rules";
import { workloadSchema } from "./workload-fields";

/** What came out of the check of the applications. */
export interface CheckedApplications {
  /** The applications, when nothing is wrong with any. */
  readonly applications: readonly Application[];
  readonly problems: readonly Problem[];
}

type Issue = z.core.$ZodIssue;
type Issues = readonly Issue[];

const listSchema = z.array(z.unknown());

const rules = [
  ...nameRules,
  ...ownerRules,
  ...imageRules,
  ...resourceRules,
  ...scalingRules,
  ...portRules,
  ...variableRules,
  ...secretRules,
  ...volumeRules,
  ...migrationRules,
  ...connectionRules,
  ...routeRules,
  ...telemetryRules,
  ...alertRules,
];

/** Applications against the schema, against every rule, and against every environment that runs them. */
export function checkApplications(input: unknown, environments: readonly Environment[]): CheckedApplications {
  const list = listSchema.safeParse(input);
  if (!list.success) return { applications: [], problems: problemsOf(listSchema, "applications", input, list.error.issues) };
  const parsed = list.data.map((one, index) => parse(one, index));
  const applications = parsed.map(({ declared }) => declared);
  const workloads = applications.flatMap((application) => application.workloads);
  const problems = [
    ...parsed.flatMap(({ problems: found }) => found),
    // Rules read only fields that the schema accepted, so that all problems are told at once.
    ...rules.flatMap((rule) => rule({ applications, workloads, environments })),
  ];
  return { applications: problems.length === 0 ? parsed.flatMap(({ application }) => application ?? []) : [], problems };
}

/** An application against the schema, and as rules see it. */
function parse(input: unknown, index: number) {
  const parsed = applicationSchema.safeParse(input);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => [issue, ...hiddenIssues(input, issue)]);
  const wellFormed = wellFormedBut(issues);
  const application = input as Application; // as far as it is well-formed
  const name = wellFormed(["name"]) ? application.name : String(index);
  const path = `applications.${name}`;
  const workloads = entriesOf(application?.workloads).map(([workload, intent]): DeclaredWorkload => ({
    path: `${path}.workloads.${workload}`,
    application: name,
    name: workload,
    intent,
    wellFormed: wellFormedBut(issuesOf(workload, issues)),
  }));
  const declared: DeclaredApplication = { path, application, wellFormed, workloads };
  return { declared, problems: problemsOf(applicationSchema, path, input, issues), application: parsed.data };
}

/** What is wrong with a workload that has a malformed name as well: the schema stops at the name. */
function hiddenIssues(input: unknown, issue: Issue): Issues {
  if (!isNameOfWorkload(issue)) return [];
  const name = issue.path[1];
  const [, intent] = entriesOf((input as Application).workloads).find(([workload]) => workload === name) ?? [];
  const issues = workloadSchema.safeParse(intent).error?.issues ?? [];
  return issues.map((issue) => ({ ...issue, path: ["workloads", String(name), ...issue.path] }));
}

/** Issues of a workload's fields; how it is called says nothing about them. */
function issuesOf(workload: string, issues: Issues): Issues {
  return issues
    .filter((issue) => issue.path[0] === "workloads" && issue.path[1] === workload && !isNameOfWorkload(issue))
    .map((issue) => ({ ...issue, path: issue.path.slice(2) }));
}

function isNameOfWorkload({ code, path }: Issue): boolean {
  return code === "invalid_key" && path[0] === "workloads" && path.length === 2;
}
