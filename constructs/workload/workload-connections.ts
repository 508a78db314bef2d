import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { serves, type Connection, type WorkloadIntent } from "../../applications/application";
import { placeOf, type WorkloadPlace } from "../../applications/connections";
import { urlVariable } from "../../applications/variable-names";
import type { Installed } from "../addons/installed";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path } from "../connections/path";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { DataAccess, type BucketAccess } from "./data-access";
import { podsOf, serverSelector, serversOf } from "./workload-labels";
import type { WorkloadSetting } from "./workload-setting";
import { workloadTelemetry, type WorkloadTelemetry } from "./workload-telemetry";

export interface WorkloadConnectionsProps {
  readonly setting: WorkloadSetting;
  readonly namespace: GuardedNamespace;
  readonly place: WorkloadPlace;
  readonly intent: WorkloadIntent;
}

type Of<To extends Connection["to"]> = Extract<Connection, { readonly to: To }>;

/** What comes from the connections that a workload declares: policies at both ends, rights, secrets and variables, and its routes. */
export class WorkloadConnections extends Construct implements Installed {
  /** Who its pods are to the object store. @default nobody: it uses no bucket */
  readonly identity?: IWorkloadIdentity;
  /** Data that it uses. @default none */
  readonly access?: DataAccess;
  /** Where the workloads are that it talks to: `BACKEND_URL`, for one. */
  readonly variables: Readonly<Record<string, string>>;
  /** What makes traces of its requests, and profiles. */
  readonly telemetry: WorkloadTelemetry;
  readonly installed: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadConnectionsProps,
  ) {
    super(scope, id);
    const { namespace, place, setting } = props;
    const { application, workload } = place;
    const pods = podsOf(place);
    const owner = `${application}-${workload}`;
    this.telemetry = workloadTelemetry(setting.setting.environment, place, props.intent);
    const policies = new NetworkPolicies(this, "Paths", { owner, places: setting.setting.places, paths: this.paths() });
    this.variables = Object.fromEntries(this.those("workload").map((connection) => this.urlOf(connection)));
    const buckets = this.those("bucket").map(({ access, bucket: name }): BucketAccess => {
      return { name, access, bucket: setting.objectStore.bucket(name) };
    });
    const [database] = this.those("database");
    const [cache] = this.those("cache");
    if (buckets.length > 0) {
      this.identity = setting.identity(this, "Identity", { namespace, serviceAccount: workload, purpose: owner, statements: [] });
    }
    if (this.usesData) {
      this.access = new DataAccess(this, "Access", {
        ...{ setting: setting.setting, secretStore: setting.secretStore, namespace, name: workload, buckets },
        labels: { ...pods.labels },
        ...(this.identity ? { identity: this.identity } : {}),
        ...(database ? { database: setting.database } : {}),
        ...(cache ? { cache: setting.cache } : {}),
      });
    }
    this.installed = [...policies.resources, ...(this.access?.installed ?? [])];
  }

  /** Lets requests from the gateway in. @param requires what has to be there before: the service */
  openRoutes(requires: readonly Installed[]): void {
    const { intent, namespace, place, setting } = this.props;
    const { domain } = setting.ingress;
    const readiness = serves(intent) ? intent.probes?.readiness : undefined;
    for (const { host, path, port, priority } of this.those("gateway")) {
      setting.ingress.route(this, `Route-${priority}`, {
        setting: setting.setting,
        name: `${place.workload}-${priority}`,
        namespace: place.application,
        host: host === undefined ? domain : `${host}.${domain}`,
        ...(path === undefined ? {} : { path }),
        backends: [
          {
            service: place.workload,
            port: this.portOf(place, port),
            podLabels: serverSelector(place.workload),
            ...(readiness?.path === undefined || readiness.port !== port ? {} : { healthPath: readiness.path }),
          },
        ],
        priority,
        requires: [{ installed: [...namespace.guards] }, ...requires],
      });
    }
  }

  private get usesData(): boolean {
    return [...this.those("database"), ...this.those("cache"), ...this.those("bucket")].length > 0;
  }

  private paths(): readonly Path[] {
    const { intent, place } = this.props;
    const pods = podsOf(place);
    return [
      ...(this.usesData ? [] : [{ from: pods, to: "dns" } as const]), // DataAccess opens it as well
      ...(intent.token ? [{ from: pods, to: "api-server" } as const] : []),
      ...this.telemetry.paths,
      ...this.those("workload").map((connection): Path => {
        const other = placeOf(connection.workload);
        return { from: pods, to: serversOf(other), ports: [{ port: this.portOf(other, connection.port) }] };
      }),
      ...this.those("external").map(({ addresses, port = 443 }): Path => {
        return { from: pods, to: addresses ? { cidrs: addresses } : "internet", ports: [{ port }] };
      }),
    ];
  }

  private urlOf({ port, workload }: Of<"workload">): readonly [string, string] {
    const other = placeOf(workload);
    return [urlVariable(other.workload), `http://${other.workload}.${other.application}:${this.portOf(other, port)}`];
  }

  private portOf({ application, workload }: WorkloadPlace, port: string): number {
    const intent = this.props.setting.applications.find(({ name }) => name === application)?.workloads[workload];
    const found = intent && serves(intent) ? intent.ports?.find(({ name }) => name === port) : undefined;
    if (found === undefined) throw new Error(`${application}/${workload} has no port ${port}; the rules of applications refuse that`);
    return found.port;
  }

  private those<To extends Connection["to"]>(to: To): readonly Of<To>[] {
    return (this.props.intent.connects ?? []).filter((connection): connection is Of<To> => connection.to === to);
  }
}
