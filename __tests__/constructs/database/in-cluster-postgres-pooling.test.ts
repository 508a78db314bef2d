import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { manifest, manifestsOf } from "../../released";
import { postgresOf } from "./postgres-stack";

const { local, prod } = environments;

describe("InClusterPostgres with a pooler", () => {
  const { stack, database } = postgresOf(pooled(local));
  const pooler = manifest(stack, "Pooler");

  it("is reached through the pooler, whose names are in the server's certificate", () => {
    expect(database.host).toBe("database-pooler.database.svc");
    expect(pooler.metadata).toMatchObject({ name: "database-pooler", namespace: "database" });
    expect(manifest(stack, "Cluster").spec).toMatchObject({
      certificates: {
        serverAltDNSNames: [
          "database-pooler",
          "database-pooler.database",
          "database-pooler.database.svc",
          "database-pooler.database.svc.cluster.local",
        ],
      },
    });
  });

  it("leads to the primary, and shares its connections between transactions", () => {
    expect(pooler.spec).toMatchObject({ cluster: { name: "database" }, type: "rw", pgbouncer: { poolMode: "transaction" } });
  });

  it("takes no client without TLS", () => {
    expect(parametersOf(local)).toMatchObject({ client_tls_sslmode: "require" });
  });

  it("never asks the server for more connections than the application has, however many poolers there are", () => {
    expect(parametersOf(local)).toMatchObject({ default_pool_size: "50", max_client_conn: "500" });
    expect(parametersOf(prod)).toMatchObject({ default_pool_size: "150", max_client_conn: "3000" }); // two of them, 300 in all
    expect(parametersOf({ ...prod, database: { ...prod.database, connections: 1 } })).toMatchObject({ default_pool_size: "1" });
  });

  it("is back in seconds after a failover", () => {
    expect(parametersOf(local)).toMatchObject({ server_connect_timeout: "5", server_login_retry: "2" });
  });

  it("is as many as the environment can lose, on different nodes where there are some", () => {
    expect(pooler.spec).toMatchObject({
      instances: 1,
      template: { spec: { containers: [{ name: "pgbouncer", resources: { requests: { cpu: "10m" } } }] } },
    });
    expect((pooler.spec.template as { readonly spec: object }).spec).not.toHaveProperty("topologySpreadConstraints");
    expect(manifest(postgresOf(prod).stack, "Pooler").spec).toMatchObject({
      instances: 2,
      template: {
        metadata: { labels: { "cnpg.io/poolerName": "database-pooler" } },
        spec: {
          topologySpreadConstraints: [
            { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { "cnpg.io/poolerName": "database-pooler" } } },
          ],
        },
      },
    });
  });

  it("is watched as well", () => {
    expect(manifest(stack, "PodMonitor", "database-pooler").spec).toEqual({
      selector: { matchLabels: { "cnpg.io/poolerName": "database-pooler" } },
      podMetricsEndpoints: [{ port: "metrics" }],
    });
  });

  it("lets its jobs go past it: settings of a session would not stay", () => {
    const jobs = stack.all("kubernetes_job_v1", "Database_Setup");
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) expect(JSON.stringify(job)).toContain('{"name":"PGHOST","value":"database-rw.database.svc"}');
  });

  it("is not there where nobody asked for it", () => {
    const plain = postgresOf(local).stack;
    expect(manifestsOf(plain).filter(({ kind }) => kind === "Pooler")).toEqual([]);
    expect(manifest(plain, "Cluster").spec).not.toHaveProperty("certificates");
  });
});

function pooled<Of extends Environment>(environment: Of): Of {
  return { ...environment, database: { ...environment.database, pooling: true } };
}

function parametersOf(environment: Environment) {
  return (manifest(postgresOf(pooled(environment)).stack, "Pooler").spec.pgbouncer as { readonly parameters: object }).parameters;
}
