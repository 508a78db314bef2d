import type { DatabaseIntent } from "../../../constructs/database/database";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itHonoursDatabase } from "../../contracts/database";
import { manifest, manifestsOf, release } from "../../released";
import type { SynthesizedStack } from "../../synthesized";
import { makePostgres, postgresOf } from "./postgres-stack";

const { local, staging } = environments;

itHonoursDatabase("InClusterPostgres", local, makePostgres);

describe("InClusterPostgres", () => {
  const { stack, database } = postgresOf(local);
  const server = manifest(stack, "Cluster").spec;
  const available = manifest(postgresOf({ ...local, highlyAvailable: true }).stack, "Cluster").spec;

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release", // Database_Server: the cluster, its extensions, backups and monitors
      "helm_release", // Database_Administrator: its Secret
      "helm_release", // Database_Rules
      "helm_release", // Database_Setup: the Secret of its jobs
      "kubernetes_config_map_v1", // script of the job that makes the user of the backups
      "kubernetes_config_map_v1", // script of the job that makes the application's user
      "kubernetes_config_map_v1", // script of the weekly upkeep
      "kubernetes_cron_job_v1", // weekly upkeep
      "kubernetes_default_service_account_v1",
      "kubernetes_job_v1", // user of the backups
      "kubernetes_job_v1", // user of the application
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      ...Array<string>(11).fill("kubernetes_network_policy_v1"), // listed in in-cluster-postgres-paths.test.ts
      "kubernetes_resource_quota_v1",
      "kubernetes_secret_v1", // administrator's password
      "kubernetes_secret_v1", // application's password
      "kubernetes_secret_v1", // keys of the backups, in the database's namespace
      "kubernetes_secret_v1", // and beside MinIO
      "random_id", // folder of the backups
      "random_password", // administrator
      "random_password", // application
      "random_password", // backups
    ]);
  });

  it("is one server of the version that was asked for, with a volume of the class that was named", () => {
    expect(server).toMatchObject({
      instances: 1,
      imageName: expect.stringMatching(/^ghcr\.io\/cloudnative-pg\/postgresql:17\.[\w.-]+@sha256:[0-9a-f]{64}$/),
      storage: { size: "2Gi", storageClass: "platform-default" },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(serverOf({ version: "18" }).imageName).toMatch(/^ghcr\.io\/cloudnative-pg\/postgresql:18\./);
    expect(Object.keys(database.ledgerEntries)).toEqual(["ghcr.io/cloudnative-pg/postgresql"]);
  });

  it("refuses whoever comes without TLS, before anything else admits them, and wants passwords as SCRAM", () => {
    expect(server.postgresql).toMatchObject({
      pg_hba: ["hostnossl all all all reject", "hostssl all all all scram-sha-256"],
      parameters: { password_encryption: "scram-sha-256" },
    });
  });

  it("belongs to an administrator who makes users, with a Secret that the server keeps up with; nobody signs in as the superuser", () => {
    expect(server).toMatchObject({
      enableSuperuserAccess: false,
      bootstrap: {
        initdb: {
          database: "app",
          owner: "administrator",
          secret: { name: "database-administrator" },
          dataChecksums: true,
          postInitApplicationSQL: ["ALTER ROLE administrator CREATEROLE", "GRANT CONNECT ON DATABASE app TO pg_monitor"],
        },
      },
    });
    expect(server).not.toHaveProperty("managed"); // cloudnative-pg issue 11448
    expect(manifest(stack, "ExternalSecret", "database-administrator").spec).toMatchObject({
      target: {
        template: {
          type: "kubernetes.io/basic-auth",
          metadata: { labels: { "cnpg.io/reload": "true" } },
          data: { username: "administrator", password: "{{ .password }}" },
        },
      },
      data: [{ secretKey: "password", remoteRef: { key: "database-administrator", property: "password" } }],
    });
  });

  it("has room for connections beside those of the application, and logs what the environment asks for", () => {
    expect(parametersOf({ connections: 300, slowQueryMilliseconds: 250 })).toMatchObject({
      max_connections: "320",
      log_min_duration_statement: "250ms",
      log_statement: "ddl",
      "pg_stat_statements.track": "top",
    });
  });

  it.each([
    ["small", "100m", "256Mi", "1024Mi", "256MB"],
    ["medium", "200m", "512Mi", "2048Mi", "512MB"],
    ["large", "400m", "1024Mi", "4096Mi", "1024MB"],
  ] as const)("is as big as %s is on a laptop, and keeps a quarter of it as buffers", (size, cpu, memory, limit, buffers) => {
    expect(serverOf({ size })).toMatchObject({
      resources: { requests: { cpu, memory }, limits: { memory: limit } },
      postgresql: { parameters: { shared_buffers: buffers } },
    });
  });

  it("leaves a quarter of the volume at most to replicas that are behind", () => {
    expect(parametersOf({ storageGib: 200 })).toMatchObject({ max_slot_wal_keep_size: "51200MB" });
  });

  it("has its extensions made by the superuser, where everybody finds them", () => {
    expect(manifest(stack, "Database").spec).toEqual({
      cluster: { name: "database" },
      name: "app",
      owner: "administrator",
      databaseReclaimPolicy: "retain",
      extensions: [
        { name: "pg_stat_statements", schema: "public" },
        { name: "pgcrypto", schema: "public" },
      ],
    });
    expect(kindsOf(postgresWith({ extensions: [] }))).not.toContain("Database");
  });

  it("is three where the loss of a node must go unnoticed, each on another node, and every commit is on two", () => {
    expect(available).toMatchObject({
      instances: 3,
      enablePDB: true,
      primaryUpdateMethod: "switchover",
      topologySpreadConstraints: [
        { topologyKey: "kubernetes.io/hostname", maxSkew: 1, minDomains: 3, whenUnsatisfiable: "DoNotSchedule" },
        { topologyKey: "topology.kubernetes.io/zone", maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" },
      ],
      postgresql: { synchronous: { method: "any", number: 1, dataDurability: "required", failoverQuorum: true } },
    });
  });

  it("counts the jobs that choose where a volume is, too, when it spreads, and no pooler", () => {
    for (const { labelSelector } of available.topologySpreadConstraints as readonly { readonly labelSelector: object }[]) {
      expect(labelSelector).toEqual({
        matchLabels: { "cnpg.io/cluster": "database" }, // jobs have no cnpg.io/podRole
        matchExpressions: [{ key: "cnpg.io/poolerName", operator: "DoesNotExist" }],
      });
    }
  });

  it("lets its only node be drained, and promises no second copy, where it is one", () => {
    expect(server).toMatchObject({ enablePDB: false, primaryUpdateMethod: "restart" });
    expect(server.postgresql).not.toHaveProperty("synchronous");
    expect(server).not.toHaveProperty("topologySpreadConstraints");
  });

  it("adds replicas for reads to either", () => {
    expect(serverOf({ readReplicas: 2 })).toMatchObject({ instances: 3, enablePDB: true, primaryUpdateMethod: "restart" });
    expect(serverOf({ readReplicas: 2 }, { highlyAvailable: true })).toMatchObject({ instances: 5 });
  });

  it("is away for seconds when another takes over: nobody waits for clients that never leave", () => {
    const { smartShutdownTimeout, switchoverDelay, stopDelay } = available as Record<string, number>;
    expect([smartShutdownTimeout, switchoverDelay]).toEqual([10, 60]);
    // The operator has to have time for a fast shutdown after the smart one: 15 seconds at least.
    expect(Number(stopDelay) - Number(smartShutdownTimeout)).toBeGreaterThanOrEqual(15);
  });

  it("is reached at the primary's service, which outlives every primary", () => {
    expect([database.host, database.port]).toEqual(["database-rw.database.svc", 5432]);
  });

  it("waits in its own stack for what its pods need, and for nothing in others: they come before", () => {
    const own = new Set(stack.resources.map(({ type, name }) => `${type}.${name}`));
    const waited = stack.resources.flatMap(({ values }) => (values.depends_on as readonly string[] | undefined) ?? []);
    expect(waited.filter((address) => !own.has(address))).toEqual([]);
    expect(release(stack, "database").depends_on).toEqual(
      expect.arrayContaining([
        stack.address("helm_release", "Database_Administrator"),
        stack.address("kubernetes_network_policy_v1", "DatabaseNamespace_DefaultDeny"),
        stack.address("kubernetes_network_policy_v1", "Database_Paths_database-database-instance"),
        stack.address("kubernetes_job_v1", "Database_Backups_Identity"),
      ]),
    );
    expect(stack.one("kubernetes_job_v1", "Database_Setup_User").depends_on).toContain(stack.address("helm_release", "Database_Server"));
  });

  it("counts its pods in where it runs", () => {
    const quota = (environment: Environment) =>
      postgresOf(environment).stack.one("kubernetes_resource_quota_v1").spec as { readonly hard: Readonly<Record<string, string>> };
    const pods = (environment: Environment) => Number(quota(environment).hard.pods);
    expect(pods({ ...local, highlyAvailable: true })).toBeGreaterThanOrEqual(pods(local) + 2);
    expect(pods({ ...local, database: { ...local.database, pooling: true } })).toBeGreaterThan(pods(local));
  });

  it("goes only where the environment may be lost: its volumes go with it", () => {
    const kept = postgresOf({ ...local, disposable: false }).stack;
    expect(release(kept, "database").lifecycle).toEqual({ prevent_destroy: true });
    expect(release(stack, "database").lifecycle).toBeUndefined();
  });

  it("stands on EKS as well, without a line of its own for it", () => {
    const onEks = postgresOf(staging).stack;
    expect(manifest(onEks, "Cluster").spec).toMatchObject({ storage: { storageClass: "platform-default" } });
    expect(onEks.inventory).toContain("aws_eks_pod_identity_association");
  });

  it("fails when its name leaves no room for those of its parts", () => {
    const name = "a".repeat(40);
    expect(() => postgresOf(local, { name })).toThrow(/name is "workload-a{40}-backups", must be a job of at most 54 characters, not 57/);
  });
});

function postgresWith(intent: Partial<DatabaseIntent>, more: Partial<Environment> = {}): SynthesizedStack {
  return postgresOf({ ...local, ...more, database: { ...local.database, ...intent } } as Environment).stack;
}

function serverOf(intent: Partial<DatabaseIntent>, more: Partial<Environment> = {}) {
  return manifest(postgresWith(intent, more), "Cluster").spec;
}

function parametersOf(intent: Partial<DatabaseIntent>) {
  return (serverOf(intent).postgresql as { readonly parameters: Readonly<Record<string, string>> }).parameters;
}

function kindsOf(stack: SynthesizedStack): readonly string[] {
  return manifestsOf(stack).map(({ kind }) => kind);
}
