import type { Footprint } from "../shared/footprint";
import { poolerName, poolerPods, type CnpgPlace } from "./cnpg-pods";
import type { DatabaseIntent } from "./database";
import type { Pooler } from "./pooler";

export interface CnpgPoolerProps extends CnpgPlace {
  readonly footprint: Footprint;
  readonly intent: DatabaseIntent;
}

/** Clients that may wait for each connection to the server: an idle one costs PgBouncer some kilobytes. */
const clientsPerConnection = 10;

/** Connections that clients share. */
export function cnpgPooler(props: CnpgPoolerProps): Pooler {
  const { name, namespace, footprint, intent } = props;
  const instances = footprint.replicas;
  const { labels } = poolerPods(props);
  return {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Pooler",
    metadata: { name: poolerName(name), namespace },
    spec: {
      cluster: { name },
      type: "rw",
      instances,
      pgbouncer: {
        // As RDS Proxy shares them. What a session keeps beyond a transaction is lost here and pins a connection there: who would lose the
        // use of the proxy in production sees it on the laptop.
        poolMode: "transaction",
        parameters: {
          client_tls_sslmode: "require",
          default_pool_size: String(Math.max(1, Math.floor(intent.connections / instances))),
          max_client_conn: String(intent.connections * clientsPerConnection),
          max_prepared_statements: "200", // drivers prepare without being asked; 0 would break them
          // After a failover: soon away from a primary that does not answer, and soon back at the next (15 seconds each otherwise).
          server_connect_timeout: "5",
          server_login_retry: "2",
        },
      },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: "pgbouncer", resources: footprint.resources("small") }],
          ...(instances > 1
            ? {
                topologySpreadConstraints: [
                  {
                    topologyKey: "kubernetes.io/hostname",
                    maxSkew: 1,
                    whenUnsatisfiable: "ScheduleAnyway",
                    labelSelector: { matchLabels: labels },
                  },
                ],
              }
            : {}),
        },
      },
    },
  };
}
