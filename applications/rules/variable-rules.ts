import type { Problem } from "../../constructs/shared/errors";
import type { Connection } from "../application";
import { placeOf } from "../connections";
import { urlVariable } from "../variable-names";
import { connectionsTo, eachWorkload, elementsOf, problem, type DeclaredWorkload } from "./declared";

/** Beginnings of the variables that a connection brings. Services of AWS, and what speaks like them, are signed in to by `AWS_`. */
const brought: Readonly<Partial<Record<Connection["to"], readonly string[]>>> = {
  database: ["DATABASE_", "AWS_"],
  cache: ["REDIS_", "AWS_"],
  bucket: ["S3_", "AWS_"],
};

const own = eachWorkload([], (workload) => {
  const { intent, path } = workload;
  const variables = keysOf(intent.variables);
  return [
    ...keysOf(intent.secrets)
      .filter((name) => variables.includes(name))
      .map((name) =>
        problem(path, `secrets.${name}`, intent.secrets?.[name], "a variable that variables does not have", "keep one of the two"),
      ),
    ...[
      ...variables.map((name) => ["variables", name] as const),
      ...keysOf(intent.secrets).map((name) => ["secrets", name] as const),
    ].flatMap(([field, name]) => takenProblems(workload, field, name)),
  ];
});

function takenProblems(workload: DeclaredWorkload, field: "variables" | "secrets", name: string): readonly Problem[] {
  const limit = takenBy(workload, name);
  return limit === undefined
    ? []
    : [problem(workload.path, `${field}.${name}`, workload.intent[field]?.[name], limit, "rename it, or remove it")];
}

/** Why a variable is no free one, worded to follow "must be". */
function takenBy(workload: DeclaredWorkload, name: string): string | undefined {
  if (name === "HOME") return "a variable other than HOME, which is /tmp: nothing else can be written to";
  if (workload.intent.kind !== "cron-job" && workload.intent.instrumentation && name.startsWith("OTEL_")) {
    return "a variable without OTEL_ at its start, which instrumentation brings";
  }
  const connections = elementsOf(workload, "connects").map(({ value }) => value);
  for (const { to } of connections) {
    const prefix = brought[to]?.find((beginning) => name.startsWith(beginning));
    if (prefix !== undefined) return `a variable without ${prefix} at its start, which the connection to the ${to} brings`;
  }
  const url = connections.find((connection) => connection.to === "workload" && urlOf(connection.workload) === name);
  return url?.to === "workload" ? `a variable other than the one that the connection to ${url.workload} brings` : undefined;
}

/** Two connections to workloads bring two variables, or one would be lost. */
const urls = eachWorkload([], (workload) => {
  const all = connectionsTo(workload, "workload");
  return all.flatMap(({ at, value: { port, workload: reference } }, index) => {
    const variable = urlOf(reference);
    const told = (limit: string, fix: string) => [problem(workload.path, `${at}.workload`, reference, limit, fix)];
    const same = all
      .slice(0, index)
      .find(({ value }) => urlOf(value.workload) === variable && !(value.workload === reference && value.port === port));
    if (same) return told(`such that its variable, ${variable}, is not that of ${same.at}`, "connect to one of them, or rename a workload");
    const connection = elementsOf(workload, "connects").find(({ value }) =>
      brought[value.to]?.some((prefix) => variable.startsWith(prefix)),
    );
    return connection
      ? told(
          `such that its variable, ${variable}, is none that the connection to the ${connection.value.to} brings`,
          "rename that workload",
        )
      : [];
  });
});

function urlOf(reference: string): string {
  return urlVariable(placeOf(reference).workload);
}

function keysOf(record: unknown): readonly string[] {
  return typeof record === "object" && record !== null ? Object.keys(record) : [];
}

/** What containers know. */
export const variableRules = [own, urls];
