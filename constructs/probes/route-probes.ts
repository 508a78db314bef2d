import { serves, type Application, type Connection, type WorkloadIntent } from "../../applications/application";
import { isBelow } from "../ingress/route-problems";
import type { IIngress } from "../ingress/ingress";
import { telemetry } from "../monitoring/telemetry";
import { routeModule } from "./blackbox-exporter";
import type { Probe } from "./probe";

/** Of the way in: where it is. */
type WayIn = Pick<IIngress, "domain" | "inside">;

type Route = Extract<Connection, { readonly to: "gateway" }>;

/**
 * Probes of all routes of an application: of the path of each, which is what users ask for, and of the path by which its workload says that it is
 * ready, where that is below: `/status` behind `/`, for one.
 */
export function routeProbes({ name: namespace, workloads }: Application, ingress: WayIn): readonly Probe[] {
  return Object.entries(workloads).flatMap(([workload, intent]) =>
    routesOf(intent).flatMap((route) =>
      probedPaths(intent, route).map((path, index) => {
        const name = `${workload}-${route.priority}${index === 0 ? "" : "-ready"}`;
        return probe({ name, namespace, workload, path, host: hostOf(route, ingress) }, ingress);
      }),
    ),
  );
}

function routesOf({ connects = [] }: WorkloadIntent): readonly Route[] {
  return connects.filter((connection): connection is Route => connection.to === "gateway");
}

function hostOf({ host }: Route, { domain }: WayIn): string {
  return host === undefined ? domain : `${host}.${domain}`;
}

/** The route's own path first. */
function probedPaths(intent: WorkloadIntent, { path = "/", port }: Route): readonly string[] {
  const readiness = serves(intent) ? intent.probes?.readiness : undefined;
  const isReached = readiness?.path !== undefined && readiness.port === port && isBelow(readiness.path, path);
  return [path, ...(isReached && readiness.path !== undefined ? [readiness.path] : [])];
}

interface Probed {
  readonly name: string;
  readonly namespace: string;
  readonly workload: string;
  readonly host: string;
  readonly path: string;
}

function probe({ name, namespace, workload, host, path }: Probed, { inside }: WayIn): Probe {
  const { prober } = telemetry;
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Probe",
    metadata: { name, namespace },
    spec: {
      jobName: `${namespace}/${workload}`,
      module: routeModule,
      prober: { url: `${prober.host}:${prober.port}` },
      // The prober names it in the request, and asks for its certificate.
      params: [{ name: "hostname", values: [host] }],
      targets: { staticConfig: { static: [`${inside.urlOf(host)}${path}`], labels: { namespace, workload, route: `${host}${path}` } } },
    },
  };
}
