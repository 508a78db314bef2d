import type { Problem } from "../../constructs/shared/errors";
import type { Environment } from "../../environments/environment";
import { placeOf } from "../../environments/place";
import type { WellFormed } from "../../environments/well-formed";
import type { Application, Connection, WorkloadIntent } from "../application";

/** An application as it is declared; rules read only what is well-formed of it. */
export interface DeclaredApplication {
  /** `applications.<name>`, or its number where it has no name. */
  readonly path: string;
  readonly application: Application;
  readonly wellFormed: WellFormed;
  readonly workloads: readonly DeclaredWorkload[];
}

/** A workload as it is declared; rules read only what is well-formed of it. */
export interface DeclaredWorkload {
  readonly path: string;
  /** Name of the application, or its number where it has no name. */
  readonly application: string;
  readonly name: string;
  readonly intent: WorkloadIntent;
  /** Whether the schema has taken all of some fields of the workload. */
  readonly wellFormed: WellFormed;
}

/** Everything that is declared. */
export interface Declared {
  readonly applications: readonly DeclaredApplication[];
  readonly workloads: readonly DeclaredWorkload[];
  /** Environments that run all of it, those of them that are right. */
  readonly environments: readonly Environment[];
}

/** What applications must satisfy beyond the shape of their single fields. */
export type Rule = (declared: Declared) => readonly Problem[];

/** A rule of each workload; while one of the fields that it reads is malformed, it waits. */
export function eachWorkload(
  reads: readonly string[],
  check: (workload: DeclaredWorkload, declared: Declared) => readonly Problem[],
): Rule {
  return (declared) =>
    declared.workloads.filter(({ wellFormed }) => wellFormed(["kind", ...reads])).flatMap((workload) => check(workload, declared));
}

/** A rule of each workload in each environment. */
export function eachWorkloadIn(
  reads: readonly string[],
  check: (workload: DeclaredWorkload, environment: Environment) => readonly Problem[],
): Rule {
  return eachWorkload(reads, (workload, { environments }) => environments.flatMap((environment) => check(workload, environment)));
}

/** A problem of a field, given by its dotted path below `path`. */
export function problem(path: string, field: string, value: unknown, limit: string, fix: string): Problem {
  return { ...placeOf(path, field.split(".")), value, limit, fix };
}

/** The path of something in an environment that does not fit it. */
export function pathIn({ name }: Environment, path: string): string {
  return `${name}.${path}`;
}

/** How others call a workload. */
export function referenceOf({ application, name }: DeclaredWorkload): string {
  return `${application}/${name}`;
}

/** The keys of a record and what they stand for. `__proto__` is none: the schema leaves it out without a look. */
export function entriesOf<Value>(record: Readonly<Record<string, Value>> | undefined): readonly (readonly [string, Value])[] {
  return isRecord(record) ? Object.entries(record ?? {}).filter(([key]) => key !== "__proto__") : [];
}

/** Whether the names of all workloads can be told, whatever else is wrong with them. */
export function knowsAll({ applications }: Declared): boolean {
  return applications.every(({ application, wellFormed }) => wellFormed(["name"]) && isRecord(application.workloads));
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An element of a list of a workload, and where it stands. */
export interface Element<Value> {
  /** E.g. `ports.0`. */
  readonly at: string;
  readonly value: Value;
}

/** Lists of workloads. */
interface Lists {
  readonly connects: Connection;
  readonly ports: Ports[number];
  readonly migrations: Migrations[number];
  readonly objectives: Objectives[number];
  readonly volumes: Volumes[number];
}

type Serving = Exclude<WorkloadIntent, { readonly kind: "cron-job" }>;
type Ports = NonNullable<Serving["ports"]>;
type Migrations = NonNullable<Serving["migrations"]>;
type Objectives = NonNullable<Serving["objectives"]>;
type Volumes = NonNullable<WorkloadIntent["volumes"]>;

/** The elements of a list that are well-formed, whatever is wrong with others. */
export function elementsOf<Field extends keyof Lists>(workload: DeclaredWorkload, field: Field): readonly Element<Lists[Field]>[] {
  const { intent, wellFormed } = workload;
  if (!wellFormed(["kind"])) return [];
  const list: unknown = Reflect.get(intent, field);
  if (!Array.isArray(list)) return [];
  return (list as readonly Lists[Field][]).map((value, index) => ({ at: `${field}.${index}`, value })).filter(({ at }) => wellFormed([at]));
}

/** The well-formed connections of a kind. */
export function connectionsTo<To extends Connection["to"]>(
  workload: DeclaredWorkload,
  to: To,
): readonly Element<Extract<Connection, { readonly to: To }>>[] {
  return elementsOf(workload, "connects").flatMap(({ at, value }) =>
    value.to === to ? [{ at, value: value as Extract<Connection, { readonly to: To }> }] : [],
  );
}

/** A problem for each element that has the same key as an earlier one. */
export function repetitions<Value>(
  path: string,
  elements: readonly Element<Value>[],
  keyOf: (value: Value) => unknown,
  field: string,
  fix: string,
): readonly Problem[] {
  const keys = elements.map(({ value }) => keyOf(value));
  return elements.flatMap(({ at }, index) => {
    const first = elements[keys.indexOf(keys[index])];
    return first === undefined || first.at === at
      ? []
      : [problem(path, field === "" ? at : `${at}.${field}`, keys[index], `different from that of ${first.at}`, fix)];
  });
}
