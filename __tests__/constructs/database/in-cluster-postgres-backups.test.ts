import { environments } from "../../../environments/index";
import { manifest, manifestsOf } from "../../released";
import { networkPaths } from "../../network-paths";
import { postgresOf } from "./postgres-stack";

const { local, prod } = environments;

describe("InClusterPostgres with backups", () => {
  const { stack, database } = postgresOf({ ...local, backupRetentionDays: 7, database: { ...local.database, backupAt: "22:05" } });
  const store = manifest(stack, "ObjectStore").spec;

  it("keeps them in a bucket of its own, for as long as the environment says", () => {
    expect(database.backups?.bucket.bucketName).toBe("database-backups");
    expect(store).toMatchObject({
      retentionPolicy: "7d",
      configuration: {
        destinationPath: "s3://database-backups/",
        endpointURL: "https://objects.test",
        data: { compression: "gzip" },
        wal: { compression: "gzip" },
      },
    });
  });

  it("takes one every day at the hour that was asked for, and one at once", () => {
    expect(manifest(stack, "ScheduledBackup").spec).toEqual({
      cluster: { name: "database" },
      schedule: "0 5 22 * * *",
      immediate: true,
      method: "plugin",
      pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
      backupOwnerReference: "self",
    });
  });

  it("archives the log for every point in time between, each server and each of its major versions into a folder of its own", () => {
    expect(manifest(stack, "Cluster").spec.plugins).toEqual([
      {
        name: "barman-cloud.cloudnative-pg.io",
        isWALArchiver: true,
        parameters: {
          barmanObjectName: manifest(stack, "ObjectStore").metadata.name,
          serverName: `database-17-\${${stack.address("random_id")}.hex}`,
        },
      },
    ]);
  });

  it("signs in on a laptop with keys that are in a Secret beside it", () => {
    const name = "workload-database-backups";
    expect(store.configuration).toMatchObject({
      s3Credentials: { accessKeyId: { name, key: "AWS_ACCESS_KEY_ID" }, secretAccessKey: { name, key: "AWS_SECRET_ACCESS_KEY" } },
    });
    const namespaces = stack.all("kubernetes_secret_v1").flatMap(({ metadata }) => {
      const secret = metadata as { readonly name: string; readonly namespace: string };
      return secret.name === name ? [secret.namespace] : [];
    });
    expect(namespaces).toContain(`\${${stack.address("kubernetes_namespace_v1", "DatabaseNamespace")}.metadata[0].name}`);
    expect(JSON.stringify(stack.one("kubernetes_config_map_v1", "Database_Backups_Identity"))).toContain("arn:aws:s3:::database-backups/*");
  });

  it("signs in on EKS as the role of its service account, which is called like the cluster", () => {
    const onEks = postgresOf(prod).stack;
    expect(manifest(onEks, "ObjectStore").spec.configuration).toMatchObject({ s3Credentials: { inheritFromIAMRole: true } });
    expect(onEks.one("aws_eks_pod_identity_association")).toMatchObject({ namespace: "database", service_account: "database" });
    expect(String(onEks.one("aws_iam_role_policy").policy)).toContain("s3:PutObject");
    expect(manifest(onEks, "Cluster").spec).not.toHaveProperty("serviceAccountTemplate");
  });

  it("has the role's name at its service account where tokens become roles by it", () => {
    const withIrsa = postgresOf({ ...prod, identity: "irsa" }).stack;
    expect(manifest(withIrsa, "Cluster").spec.serviceAccountTemplate).toEqual({
      metadata: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000003:role/ml-platform-prod-database-backups" } },
    });
  });

  it("tells the client of S3 its region, which it would not find by itself, and what it may use", () => {
    expect(store.instanceSidecarConfiguration).toEqual({
      env: [{ name: "AWS_DEFAULT_REGION", value: "eu-central-1" }],
      resources: { requests: { cpu: "25m", memory: "96Mi" }, limits: { memory: "384Mi" } },
    });
  });

  it("waits for the bucket's user, and opens the way to the bucket", () => {
    const [server] = stack.all("helm_release", "Database_Server");
    expect(server?.depends_on).toContain(stack.address("kubernetes_job_v1", "Database_Backups_Identity"));
    expect(networkPaths(stack)["database-database"]).toContain("to state-store/minio 9000");
    expect(networkPaths(stack)["database-minio"]).toEqual(["from database/database 9000"]);
  });

  it("has none of this where the environment keeps no backups", () => {
    const { stack: without, database: plain } = postgresOf({ ...local, backupRetentionDays: 0 });
    expect(plain.backups).toBeUndefined();
    expect(manifest(without, "Cluster").spec).not.toHaveProperty("plugins");
    expect(manifestsOf(without).map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(["ObjectStore"]));
    expect(manifestsOf(without).map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(["ScheduledBackup"]));
    expect(without.inventory).not.toContain("random_id");
    expect(networkPaths(without)).not.toHaveProperty("database-minio");
  });
});
