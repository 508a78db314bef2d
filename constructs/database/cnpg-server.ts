import type { PlatformSetting } from "../addons/platform-setting";
import type { IStorageClass } from "../storage/storage-class";
import type { CnpgCluster, TopologySpread } from "./cnpg-cluster";
import { clusterPods, poolerLabel, poolerName, serviceHost, type CnpgPlace } from "./cnpg-pods";
import { instanceResources, sharedBuffersMib } from "./cnpg-sizes";
import { administratorName, connectionLimit, type DatabaseIntent } from "./database";
import { postgresImages } from "./postgres-images";

export interface CnpgServerProps extends CnpgPlace {
  readonly setting: PlatformSetting;
  readonly storageClass: IStorageClass;
  readonly intent: DatabaseIntent;
  /** Secret with name and password of the administrator. */
  readonly administratorSecret: string;
  /** What backups add. @default no backups */
  readonly backups?: Pick<CnpgCluster["spec"], "plugins" | "serviceAccountTemplate">;
}

/** A primary that is cut off from one of two standbys still commits, and one of both has every commit. */
const quorum = 3;

/** Instances of a database: what an outage needs, and the copies that serve reads. */
export function instancesOf({ environment }: PlatformSetting, { readReplicas }: DatabaseIntent): number {
  return (environment.highlyAvailable ? quorum : 1) + readReplicas;
}

/** The server of a database in the cluster. */
export function cnpgServer(props: CnpgServerProps): CnpgCluster {
  const { setting, intent, name, namespace, storageClass, administratorSecret, backups } = props;
  const { highlyAvailable } = setting.environment;
  const instances = instancesOf(setting, intent);
  const resources = instanceResources(setting.footprint, intent.size);
  return {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata: { name, namespace },
    spec: {
      instances,
      imageName: postgresImages[intent.version],
      storage: { size: `${intent.storageGib}Gi`, storageClass: storageClass.storageClassName },
      resources,
      seccompProfile: { type: "RuntimeDefault" },
      enablePDB: instances > 1, // with one, it would keep its node from ever being drained
      ...(highlyAvailable ? { topologySpreadConstraints: spread(props) } : {}),
      enableSuperuserAccess: false,
      bootstrap: {
        initdb: {
          database: intent.name,
          owner: administratorName,
          secret: { name: administratorSecret },
          dataChecksums: true,
          postInitApplicationSQL: [
            // Not as a role that the operator manages: it would take back what PostgreSQL grants to who creates a role, and with it the
            // right to change that role (cloudnative-pg issue 11448).
            `ALTER ROLE ${administratorName} CREATEROLE`,
            // The exporter of metrics is a member, and asks here; nobody may by default once the application has a user.
            `GRANT CONNECT ON DATABASE ${intent.name} TO pg_monitor`,
          ],
        },
      },
      postgresql: {
        parameters: parameters(intent, sharedBuffersMib(resources)),
        pg_hba: ["hostnossl all all all reject", "hostssl all all all scram-sha-256"],
        // As with RDS in several zones: what was committed is on another node. One of the others may be away meanwhile.
        ...(highlyAvailable
          ? { synchronous: { method: "any", number: 1, dataDurability: "required", failoverQuorum: true } as const }
          : {}),
      },
      ...(intent.pooling ? { certificates: { serverAltDNSNames: poolerHosts(props) } } : {}),
      ...backups,
      primaryUpdateMethod: highlyAvailable ? "switchover" : "restart",
      ...shutdown,
    },
  };
}

/**
 * Clients keep their connections for hours: waiting for them would only keep new ones out. They are cut off soon and come back to the
 * next primary, behind the same address. Whoever stops has the rest of the time to hand over its log; the operator's defaults of up to an
 * hour would be an outage.
 */
const shutdown = { smartShutdownTimeout: 10, stopDelay: 120, switchoverDelay: 60 };

function parameters(intent: DatabaseIntent, sharedBuffers: number): Readonly<Record<string, string>> {
  return {
    max_connections: String(connectionLimit(intent)),
    shared_buffers: `${sharedBuffers}MB`,
    password_encryption: "scram-sha-256",
    log_min_duration_statement: `${intent.slowQueryMilliseconds}ms`,
    log_statement: "ddl",
    "pg_stat_statements.track": "top", // by a parameter of it the operator sees that the library has to be loaded
    // A replica that is gone must not fill the volume of the primary with what it would have to catch up with.
    max_slot_wal_keep_size: `${(intent.storageGib * 1024) / 4}MB`,
  };
}

/**
 * Nodes for sure, zones as far as there are any: on a laptop nodes have no such label, and would not count at all. The jobs that make
 * instances count as well, because they choose the node of the volume; poolers may have the label of the cluster and do not.
 */
function spread(place: CnpgPlace): readonly TopologySpread[] {
  const labelSelector = {
    matchLabels: clusterPods(place).labels,
    matchExpressions: [{ key: poolerLabel, operator: "DoesNotExist" as const }],
  };
  return [
    { topologyKey: "kubernetes.io/hostname", maxSkew: 1, minDomains: quorum, whenUnsatisfiable: "DoNotSchedule", labelSelector },
    { topologyKey: "topology.kubernetes.io/zone", maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway", labelSelector },
  ];
}

/** The pooler shows the server's certificate. */
function poolerHosts({ name, namespace }: CnpgPlace): readonly string[] {
  const pooler = poolerName(name);
  return [pooler, `${pooler}.${namespace}`, serviceHost(pooler, namespace), `${serviceHost(pooler, namespace)}.cluster.local`];
}
