import type { Application, Connection } from "./application";

/** A workload by its place. */
export interface WorkloadPlace {
  readonly application: string;
  readonly workload: string;
}

/** A connection with the workload that declares it. */
export interface DeclaredConnection extends WorkloadPlace {
  readonly connection: Connection;
}

/** The connection matrix: every connection of every workload. There are no others. */
export function connectionsOf(applications: readonly Application[]): readonly DeclaredConnection[] {
  return applications.flatMap(({ name, workloads }) =>
    Object.entries(workloads).flatMap(([workload, { connects = [] }]) =>
      connects.map((connection) => ({ application: name, workload, connection })),
    ),
  );
}

/** A workload of a reference such as `search/writer`. */
export function placeOf(reference: string): WorkloadPlace {
  const [application = "", workload = ""] = reference.split("/");
  return { application, workload };
}
