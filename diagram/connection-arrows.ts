import { serves, type Application, type Connection } from "../applications/application";
import { connectionsOf, placeOf, type DeclaredConnection, type WorkloadPlace } from "../applications/connections";
import type { EnvironmentStacks } from "../stacks/environment-stacks";
import type { Arrow } from "./diagram";

/** Id of a workload's box. */
export function workloadId({ application, workload }: WorkloadPlace): string {
  return `workload/${application}/${workload}`;
}

/** Id of a bucket's box. */
export function bucketId(bucket: string): string {
  return `bucket/${bucket}`;
}

/** Id of the box of a host that is somebody else's. */
export function hostId(host: string): string {
  return `host/${host}`;
}

/** The connection matrix as arrows: one for each connection, and no other. */
export function connectionArrows(stacks: EnvironmentStacks, applications: readonly Application[]): readonly Arrow[] {
  return connectionsOf(applications).map((declared) => {
    const { connection, ...place } = declared;
    return { ...ends(workloadId(place), connection), lines: linesOf(stacks, applications, declared), kind: kindOf(connection) };
  });
}

function ends(workload: string, connection: Connection): Pick<Arrow, "from" | "to"> {
  switch (connection.to) {
    case "workload":
      return { from: workload, to: workloadId(placeOf(connection.workload)) };
    case "bucket":
      return { from: workload, to: bucketId(connection.bucket) };
    case "gateway":
      return { from: "gateway", to: workload };
    case "external":
      return { from: workload, to: hostId(connection.host) };
    default:
      return { from: workload, to: connection.to };
  }
}

function linesOf(
  { data, platform: { ingress } }: EnvironmentStacks,
  applications: readonly Application[],
  { connection, ...place }: DeclaredConnection,
): readonly string[] {
  switch (connection.to) {
    case "workload":
      return [`port ${portOf(applications, placeOf(connection.workload), connection.port)}`];
    case "database":
      return [`port ${data.database.port}`];
    case "cache":
      return [`port ${data.cache.port}`];
    case "bucket":
      return [connection.access];
    case "gateway": {
      const { host, path = "/" } = connection;
      const url = `${ingress.urlOf(host === undefined ? ingress.domain : `${host}.${ingress.domain}`)}${path}`;
      return [url, `to port ${portOf(applications, place, connection.port)}`];
    }
    case "external":
      return [`port ${connection.port ?? 443}`];
  }
}

function kindOf(connection: Connection): Arrow["kind"] {
  if (connection.to === "bucket" && connection.access === "read") return "data-read";
  return connection.to === "database" || connection.to === "cache" || connection.to === "bucket" ? "data" : "request";
}

function portOf(applications: readonly Application[], { application, workload }: WorkloadPlace, port: string): number {
  const intent = applications.find(({ name }) => name === application)?.workloads[workload];
  const found = intent && serves(intent) ? intent.ports?.find(({ name }) => name === port) : undefined;
  if (found === undefined) throw new Error(`${application}/${workload} has no port ${port}; the rules of applications refuse that`);
  return found.port;
}
