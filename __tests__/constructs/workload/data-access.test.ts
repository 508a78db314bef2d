import { catalogFor } from "../../../constructs/catalog";
import { DataAccess, type DataAccessProps } from "../../../constructs/workload/data-access";
import type { Environment } from "../../../environments/environment";
import { dev } from "../../../environments/dev";
import { local } from "../../../environments/local";
import { dataStackOf, type DataParts } from "../../data-stack";
import { manifestsOf } from "../../released";
import { statementsOf, type SynthesizedStack } from "../../synthesized";

/** What a workload in the namespace `shop` can be given. */
function offered(environment: Environment, parts: DataParts) {
  const { stack, setting, cluster, network, secretStore, storageClass, issuer } = parts;
  const catalog = catalogFor(environment);
  const shared = { setting, cluster, network, secretStore, storageClass, issuer };
  const namespace = parts.namespace("ShopNamespace", "shop");
  const objectStore = catalog.objectStore(stack, "ObjectStore", { setting, buckets: environment.objectStore.buckets });
  const statements = [] as const;
  return {
    setting,
    secretStore,
    namespace,
    name: "shop",
    labels: { app: "shop" },
    identity: catalog.workloadIdentity(stack, "Identity", {
      setting,
      cluster,
      namespace,
      serviceAccount: "shop",
      purpose: "shop",
      statements,
    }),
    database: catalog.database(stack, "Database", {
      ...shared,
      name: "database",
      intent: environment.database,
      namespace: parts.namespace("DatabaseNamespace", "database"),
      objectStore,
    }),
    cache: catalog.cache(stack, "Cache", {
      ...shared,
      name: "cache",
      intent: environment.cache,
      namespace: parts.namespace("CacheNamespace", "cache"),
    }),
    buckets: [{ name: "data", bucket: objectStore.bucket("data"), access: "read-write" }],
  } satisfies DataAccessProps;
}

type Offered = ReturnType<typeof offered>;

function accessIn(environment: Environment, choose: (offer: Offered) => DataAccessProps) {
  const made: DataAccess[] = [];
  const stack = dataStackOf(environment, (parts) => {
    made.push(new DataAccess(parts.stack, "Access", choose(offered(environment, parts))));
  });
  const [access] = made;
  if (!access) throw new Error("nothing was made");
  return { stack, access };
}

const config = (stack: SynthesizedStack) => stack.one("kubernetes_config_map_v1", "Access_").data as Readonly<Record<string, string>>;
const copied = (stack: SynthesizedStack) =>
  manifestsOf(stack).find(({ kind, metadata }) => kind === "ExternalSecret" && metadata.namespace === "shop")?.spec as {
    readonly target: { readonly template: { readonly data: Readonly<Record<string, string>> } };
    readonly data: readonly { readonly secretKey: string; readonly remoteRef: { readonly key: string; readonly property: string } }[];
  };

describe.each([local, dev])("what a workload gets in $name", (environment) => {
  const { stack, access } = accessIn(environment, (offer) => offer);

  it("is called the same everywhere", () => {
    expect(Object.keys(config(stack)).sort()).toEqual([
      "DATABASE_HOST",
      "DATABASE_NAME",
      "DATABASE_PORT",
      "DATABASE_USER",
      "S3_BUCKET",
      "S3_ENDPOINT",
      "S3_REGION",
    ]);
    expect(Object.keys(copied(stack).target.template.data)).toEqual(["DATABASE_PASSWORD", "DATABASE_URL", "REDIS_URL"]);
    expect([access.configMapName, access.secretName]).toEqual(["shop-data", "shop-data"]);
  });

  it("is complete URLs, whose passwords only the cluster puts in", () => {
    const { DATABASE_PASSWORD, DATABASE_URL, REDIS_URL } = copied(stack).target.template.data;
    const host = config(stack).DATABASE_HOST;
    expect(DATABASE_PASSWORD).toBe("{{ .databasePassword }}");
    expect(DATABASE_URL).toBe(`postgresql://app:{{ .databasePassword }}@${host}:5432/app?sslmode=require`);
    expect(REDIS_URL).toMatch(/^rediss:\/\/app:\{\{ \.cachePassword \}\}@[^@]+:6379$/);
    expect(copied(stack).data).toEqual([
      { secretKey: "databasePassword", remoteRef: { key: expect.stringMatching(/(^|\/)database-app$/), property: "password" } },
      { secretKey: "cachePassword", remoteRef: { key: expect.stringMatching(/(^|\/)cache-app$/), property: "password" } },
    ]);
  });

  it("comes with the rights to the bucket, and what was asked for alone", () => {
    const allowed = (of: SynthesizedStack) =>
      [
        ...of.all("aws_iam_role_policy", "Identity_").map(({ policy }) => policy),
        ...of.all("kubernetes_config_map_v1", "Identity_").map(({ data }) => (data as Record<string, unknown>)["policy.json"]),
      ]
        .flatMap(statementsOf)
        .flatMap(({ Action }) => Action);
    expect(allowed(stack)).toContain("s3:PutObject");
    const reading = allowed(accessIn(environment, (offer) => ({ ...offer, buckets: offer.buckets.map((each) => ({ ...each, access: "read" })) })).stack);
    expect(reading).toContain("s3:GetObject");
    expect(reading).not.toContain("s3:PutObject");
  });

  it("opens a path to each of the three and to DNS, once", () => {
    const { egress } = stack
      .all("kubernetes_network_policy_v1", "Access_")
      .map(
        ({ metadata, spec }) =>
          ({ metadata, spec }) as { metadata: { namespace: string }; spec: { egress: readonly { ports: unknown }[] } },
      )
      .filter(({ metadata }) => metadata.namespace === "shop")
      .map(({ spec }) => spec)[0] as { egress: readonly { ports: readonly { port: string }[] }[] };
    const ports = egress.flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(ports).toEqual(expect.arrayContaining(["53", "5432", "6379"]));
    expect(new Set(egress.map((rule) => JSON.stringify(rule))).size).toBe(egress.length);
  });

  it("is no more than what is used", () => {
    const { stack: bucketAlone, access: toBucket } = accessIn(
      environment,
      ({ setting, secretStore, namespace, name, labels, identity, objects }) => ({
        setting,
        secretStore,
        namespace,
        name,
        labels,
        identity,
        objects,
      }),
    );
    expect(Object.keys(config(bucketAlone))).toEqual(["S3_BUCKET", "S3_ENDPOINT", "S3_REGION"]);
    expect(toBucket.secretName).toBeUndefined();
    const { stack: databaseAlone } = accessIn(environment, ({ setting, secretStore, namespace, name, labels, identity, database }) => ({
      setting,
      secretStore,
      namespace,
      name,
      labels,
      identity,
      database,
    }));
    expect(Object.keys(config(databaseAlone)).every((name) => name.startsWith("DATABASE_"))).toBe(true);
    expect(Object.keys(copied(databaseAlone).target.template.data)).toEqual(["DATABASE_PASSWORD", "DATABASE_URL"]);
  });
});

describe("the authority of the cache's certificate", () => {
  it("comes with a certificate of the workload's own on the laptop, where no public one has signed", () => {
    const { stack, access } = accessIn(local, (offer) => offer);
    expect(access.authoritySecretName).toBe("shop-authority");
    expect(manifestsOf(stack).find(({ kind, metadata }) => kind === "Certificate" && metadata.namespace === "shop")).toMatchObject({
      spec: { secretName: "shop-authority", issuerRef: { kind: "ClusterIssuer" }, dnsNames: ["shop-authority.shop.svc"] },
    });
  });

  it("is a public one on AWS, which every image has", () => {
    const { stack, access } = accessIn(dev, (offer) => offer);
    expect(access.authoritySecretName).toBeUndefined();
    expect(manifestsOf(stack).filter(({ kind }) => kind === "Certificate")).toEqual([]);
  });
});
