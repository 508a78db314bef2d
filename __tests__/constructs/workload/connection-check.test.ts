import { environmentNames } from "../../../environments/environment";
import { synthesizedEnvironments } from "../../stacks/synthesized-environments";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly env_from: readonly object[];
  readonly readiness_probe: { readonly exec: { readonly command: readonly string[] } };
  readonly liveness_probe: { readonly exec: { readonly command: readonly string[] } };
  readonly volume_mount: readonly { readonly name: string }[];
}

const { stacks } = synthesizedEnvironments();

/** The pod of an environment's check. */
function check(environment: string) {
  const stack = stacks[`${environment}-data`];
  if (!stack) throw new Error(`${environment} has no data layer`);
  const { metadata, spec, wait_for_rollout } = stack.one("kubernetes_deployment_v1", "ConnectionCheck_") as unknown as {
    readonly metadata: { readonly name: string };
    readonly wait_for_rollout?: boolean;
    readonly spec: {
      readonly template: { readonly spec: { readonly container: readonly Container[]; readonly service_account_name: string } };
    };
  };
  const { container, service_account_name } = spec.template.spec;
  const [database, cache, objects] = container;
  if (!database || !cache || !objects) throw new Error("a container is missing");
  const probe = (of: Container) => of.readiness_probe.exec.command.at(-1) ?? "";
  return { stack, metadata, wait_for_rollout, service_account_name, database, cache, objects, container, probe };
}

describe.each(environmentNames)("the check of connections in %s", (environment) => {
  const { cache, container, database, objects, probe, stack, wait_for_rollout } = check(environment);

  it("asks the database, the cache and the bucket, each in a container with a client of it", () => {
    expect(container.map(({ name, image }) => [name, image.replace(/[:@].*/, "")])).toEqual([
      ["database", "ghcr.io/cloudnative-pg/postgresql"],
      ["cache", "docker.io/valkey/valkey"],
      ["objects", "docker.io/amazon/aws-cli"],
    ]);
  });

  it("starts a container anew whose client does not start, not one whose server is away", () => {
    for (const one of container) {
      const [client, ...options] = one.liveness_probe.exec.command;
      expect(options).toEqual(["--version"]);
      expect(probe(one)).toMatch(new RegExp(`^${client} `));
    }
  });

  it("uses what workloads get, and knows no address and no password of its own", () => {
    expect(probe(database)).toContain('"$DATABASE_URL"');
    expect(probe(cache)).toContain('"$REDIS_URL"');
    expect(probe(objects)).toContain('"$S3_BUCKET"');
    for (const { env_from } of container) {
      expect(env_from).toEqual(
        expect.arrayContaining([{ config_map_ref: { name: "connection-check-data" } }, { secret_ref: { name: "connection-check-data" } }]),
      );
    }
  });

  it("counts a database only that takes writes, and gives up on one that does not answer", () => {
    expect(database.env).toEqual(
      expect.arrayContaining([
        { name: "PGTARGETSESSIONATTRS", value: "read-write" },
        { name: "PGCONNECT_TIMEOUT", value: "5" },
      ]),
    );
  });

  it("fails the deployment when it never gets ready", () => {
    expect(wait_for_rollout).not.toBe(false);
    expect(stack.one("kubernetes_deployment_v1", "ConnectionCheck_").depends_on).toEqual(
      expect.arrayContaining([
        stack.address("kubernetes_config_map_v1", "ConnectionCheck_"),
        stack.address("helm_release", "ConnectionCheck_Access_Secrets"),
      ]),
    );
  });

  it("starts once the application's user is there, the cache and the bucket: its time to get ready is not spent on them", () => {
    const local = environment === "local";
    expect(stack.one("kubernetes_deployment_v1", "ConnectionCheck_").depends_on).toEqual(
      expect.arrayContaining([
        stack.address("kubernetes_job_v1", "Database_Setup_User"),
        local ? stack.address("kubernetes_stateful_set_v1", "Cache_Nodes") : stack.address("aws_elasticache_replication_group"),
        local ? stack.address("kubernetes_job_v1", "ObjectStore_Bucket-data_") : stack.address("aws_s3_bucket", "ObjectStore_Bucket-data_"),
      ]),
    );
  });
});

it("trusts the environment's own authority on the laptop, and public ones on AWS", () => {
  const own = check("local");
  expect(own.probe(own.cache)).toContain("--cacert /etc/authority/ca.crt");
  expect(own.cache.volume_mount.map(({ name }) => name)).toContain("authority");
  const amazons = check("prod");
  expect(amazons.probe(amazons.cache)).not.toContain("--cacert");
  expect(amazons.cache.volume_mount.map(({ name }) => name)).toEqual(["scratch"]);
});

it("finds the bucket by the identity that its service account has", () => {
  const { objects, service_account_name, stack } = check("local");
  expect(stack.one("kubernetes_service_account_v1", "ConnectionCheck_").metadata).toMatchObject({ name: "connection-check" });
  expect(service_account_name).toContain("kubernetes_service_account_v1.ConnectionCheck_ServiceAccount");
  expect(objects.env_from).toContainEqual({ secret_ref: { name: "workload-connection-check" } });
  expect(check("prod").stack.one("aws_eks_pod_identity_association", "ConnectionCheckIdentity_")).toMatchObject({
    namespace: "data-checks",
    service_account: "connection-check",
  });
});
