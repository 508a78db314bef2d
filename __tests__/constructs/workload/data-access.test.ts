import { catalogFor } from "../../../constructs/catalog";
import { DataAccess, type DataAccessProps } from "../../../constructs/workload/data-access";
import type { Environment } from "../../../environments/environment";
import { dev } from "../../../environments/dev";
import { local } from "../../../environments/local";
import { dataStackOf, type DataParts } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { manifestsOf } from "../../released";
import { statementsOf, type SynthesizedStack } from "../../synthesized";

/** Workloads in the namespace `shop`, and what each of them uses. */
const uses = {
  Everything: ["database", "cache", "data"],
  Reader: ["data, read"],
  Writer: ["data"],
  Several: ["data", "data-sets"],
  Database: ["database"],
} as const;

type Workload = keyof typeof uses;

/** The workloads over the data of an environment. */
function accessesOf(environment: Environment, parts: DataParts): Readonly<Record<Workload, DataAccess>> {
  const { stack, setting, cluster, network, secretStore, storageClass, issuer } = parts;
  const catalog = catalogFor(environment);
  const shared = { setting, cluster, network, secretStore, storageClass, issuer };
  const namespace = parts.namespace("ShopNamespace", "shop");
  const objectStore = catalog.objectStore(stack, "ObjectStore", { setting, buckets: environment.objectStore.buckets });
  const databaseNamespace = parts.namespace("DatabaseNamespace", "database");
  const { database: intent } = environment;
  const database = catalog.database(stack, "Database", { ...shared, name: "database", intent, namespace: databaseNamespace, objectStore });
  const cacheNamespace = parts.namespace("CacheNamespace", "cache");
  const cache = catalog.cache(stack, "Cache", { ...shared, name: "cache", intent: environment.cache, namespace: cacheNamespace });
  const bucket = objectStore.bucket("data");
  const access = (id: Workload): DataAccess => {
    const name = id.toLowerCase();
    const used: readonly string[] = uses[id];
    const props: DataAccessProps = {
      ...{ setting, secretStore, namespace, name, labels: { app: name } },
      identity: catalog.workloadIdentity(stack, `${id}Identity`, {
        ...{ setting, cluster, namespace, serviceAccount: name, purpose: name, statements: [] },
      }),
      ...(used.includes("database") ? { database } : {}),
      ...(used.includes("cache") ? { cache } : {}),
      buckets: [
        ...(used.includes("data") ? [{ name: "data", bucket, access: "read-write" } as const] : []),
        ...(used.includes("data, read") ? [{ name: "data", bucket, access: "read" } as const] : []),
        ...(used.includes("data-sets") ? [{ name: "data-sets", bucket, access: "read" } as const] : []),
      ],
    };
    return new DataAccess(stack, `${id}Access`, props);
  };
  return {
    Everything: access("Everything"),
    Reader: access("Reader"),
    Writer: access("Writer"),
    Several: access("Several"),
    Database: access("Database"),
  };
}

function madeIn(environment: Environment) {
  const made: Readonly<Record<Workload, DataAccess>>[] = [];
  const stack = dataStackOf(environment, (parts) => made.push(accessesOf(environment, parts)));
  const [accesses] = made;
  if (!accesses) throw new Error("nothing was made");
  return { stack, accesses };
}

const config = (stack: SynthesizedStack, id: Workload) =>
  stack.one("kubernetes_config_map_v1", `${id}Access_`).data as Readonly<Record<string, string>>;

const copied = (stack: SynthesizedStack, id: Workload) =>
  manifestsOf(stack).find(({ kind, metadata }) => kind === "ExternalSecret" && metadata.name === `${id.toLowerCase()}-data`)?.spec as {
    readonly target: { readonly template: { readonly data: Readonly<Record<string, string>> } };
    readonly data: readonly { readonly secretKey: string; readonly remoteRef: { readonly key: string; readonly property: string } }[];
  };

const made = { local: madeIn(local), dev: madeIn(dev) };

describe.each(["local", "dev"] as const)("what a workload gets in %s", (environment) => {
  const { stack, accesses } = made[environment];

  it("is called the same everywhere", () => {
    expect(Object.keys(config(stack, "Everything")).sort()).toEqual([
      "DATABASE_HOST",
      "DATABASE_NAME",
      "DATABASE_PORT",
      "DATABASE_USER",
      "REDIS_CA_FILE",
      "S3_BUCKET",
      "S3_BUCKET_DATA",
      "S3_ENDPOINT",
      "S3_REGION",
    ]);
    expect(Object.keys(copied(stack, "Everything").target.template.data)).toEqual(["DATABASE_PASSWORD", "DATABASE_URL", "REDIS_URL"]);
    expect([accesses.Everything.configMapName, accesses.Everything.secretName]).toEqual(["everything-data", "everything-data"]);
  });

  it("is complete URLs, whose passwords only the cluster puts in", () => {
    const { data, target } = copied(stack, "Everything");
    const { DATABASE_PASSWORD, DATABASE_URL, REDIS_URL } = target.template.data;
    const host = config(stack, "Everything").DATABASE_HOST;
    expect(DATABASE_PASSWORD).toBe("{{ .databasePassword }}");
    expect(DATABASE_URL).toBe(`postgresql://app:{{ .databasePassword }}@${host}:5432/app?sslmode=require`);
    expect(REDIS_URL).toMatch(/^rediss:\/\/app:\{\{ \.cachePassword \}\}@[^@]+:6379$/);
    expect(data).toEqual([
      { secretKey: "databasePassword", remoteRef: { key: expect.stringMatching(/(^|\/)database-app$/), property: "password" } },
      { secretKey: "cachePassword", remoteRef: { key: expect.stringMatching(/(^|\/)cache-app$/), property: "password" } },
    ]);
  });

  it("comes with the rights to the bucket, and what was asked for alone", () => {
    const allowed = (id: Workload) =>
      [
        ...stack.all("aws_iam_role_policy", `${id}Identity_`).map(({ policy }) => policy),
        ...stack.all("kubernetes_config_map_v1", `${id}Identity_`).map(({ data }) => (data as Record<string, unknown>)["policy.json"]),
      ]
        .flatMap(statementsOf)
        .flatMap(({ Action }) => Action);
    expect(allowed("Writer")).toContain("s3:PutObject");
    expect(allowed("Reader")).toContain("s3:GetObject");
    expect(allowed("Reader")).not.toContain("s3:PutObject");
  });

  it("opens a path to each of the three and to DNS, once", () => {
    const paths = networkPaths(stack)["shop-everything-data-everything"] ?? [];
    expect(paths).toContain("to kube-system/kube-dns 53/UDP 53");
    expect(paths).toEqual(expect.arrayContaining([expect.stringMatching(/ 5432$/), expect.stringMatching(/ 6379$/)]));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("is no more than what is used", () => {
    expect(Object.keys(config(stack, "Writer")).sort()).toEqual(["S3_BUCKET", "S3_BUCKET_DATA", "S3_ENDPOINT", "S3_REGION"]);
    expect(accesses.Writer.secretName).toBeUndefined();
    expect(accesses.Writer.addresses).toEqual([]);
    expect(Object.keys(config(stack, "Database")).every((name) => name.startsWith("DATABASE_"))).toBe(true);
    expect(Object.keys(copied(stack, "Database").target.template.data)).toEqual(["DATABASE_PASSWORD", "DATABASE_URL"]);
  });

  it("says which bucket is which, where there are several", () => {
    expect(Object.keys(config(stack, "Several")).sort()).toEqual(["S3_BUCKET_DATA", "S3_BUCKET_DATA_SETS", "S3_ENDPOINT", "S3_REGION"]);
  });

  it("is known by the address of the cache, too, which only the Secret tells", () => {
    expect(accesses.Everything.addresses).toEqual([expect.stringMatching(/:6379$/)]);
  });
});

describe("the authority of the cache's certificate", () => {
  it("comes with a certificate of the workload's own on the laptop, where no public one has signed", () => {
    const { accesses, stack } = made.local;
    expect(accesses.Everything.authoritySecretName).toBe("everything-authority");
    expect(manifestsOf(stack).find(({ kind, metadata }) => kind === "Certificate" && metadata.namespace === "shop")).toMatchObject({
      spec: { secretName: "everything-authority", issuerRef: { kind: "ClusterIssuer" }, dnsNames: ["everything-authority.shop.svc"] },
    });
  });

  it("is a public one on AWS, which every image has", () => {
    const { accesses, stack } = made.dev;
    expect(accesses.Everything.authoritySecretName).toBeUndefined();
    expect(manifestsOf(stack).filter(({ kind }) => kind === "Certificate")).toEqual([]);
  });
});
