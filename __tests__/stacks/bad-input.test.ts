import { applications } from "../../applications/index";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Release } from "@cdktf/provider-helm/lib/release";
import { App } from "cdktf";
import { tmpdir } from "node:os";
import { GuardedNamespace } from "../../constructs/namespaces/guarded-namespace";
import { HelmAddon, type HelmAddonProps } from "../../constructs/addons/helm-addon";
import { KindIngress } from "../../constructs/ingress/kind-ingress";
import { charts } from "../../constructs/ledger/charts";
import { ConfigurationError, describe as told } from "../../constructs/shared/errors";
import type { EnvironmentName } from "../../environments/environment";
import { environments } from "../../environments/index";
import { loadEnvironments } from "../../environments/load";
import { compositionProblems } from "../../stacks/composition-problems";
import { composeEnvironment, type EnvironmentStacks } from "../../stacks/environment-stacks";
import { synthesize } from "../../stacks/synthesize";
import { routeFor } from "../contracts/ingress";
import { committedWith, type Changes } from "../environments/changed";
import { platformStackOf } from "../platform-stack";

const { local } = environments;

/** What is told of whatever `run` refuses, line by line; nothing when it refuses nothing. */
function refusalsOf(run: () => void): readonly string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(told);
    throw error; // a crash is never a refusal
  }
}

/** What is told when an environment with changed values is synthesized, as `main.ts` does it. Nothing may be wrong but what is changed. */
function refusals(environment: EnvironmentName, changes: Changes, variables: Readonly<Record<string, string>> = {}): readonly string[] {
  return refusalsOf(() => {
    const loaded = loadEnvironments({ names: [environment], variables, committed: committedWith({ [environment]: changes }) });
    synthesize(loaded, { outdir: tmpdir() });
    throw new Error("nothing was refused");
  });
}

describe("what an environment may not say", () => {
  it("fails when prod faces the internet without a firewall", () => {
    expect(refusals("prod", { "ingress.waf": { rules: "none" } })).toEqual([
      'prod.ingress.waf: rules is "none", must be "managed" where prod faces the internet; set requestsPerFiveMinutes with it, or let only the VPC in by ingress.access',
    ]);
  });

  it("fails when a chart does not know a value", () => {
    expect(refusals("staging", { addonValues: { kyverno: { admissionController: { replica: 3 } } } })).toEqual([
      "staging.addonValues.kyverno.admissionController: replica is 3, must be a value that kyverno has; did you mean replicas?",
    ]);
  });

  it("fails when an image has no tag: in a chart's values, and of our own", () => {
    const image = "docker.io/library/registry";
    expect(refusals("dev", { addonValues: { keda: { image: { keda: { tag: "latest" } } } } })).toEqual([
      'dev.addonValues.keda.image.keda: tag is "latest", must be a tag that names a version; name the version that was tested',
    ]);
    expect(refusals("local", { "registry.image": image })).toEqual([
      `local.registry: image is "${image}", must be an image with registry, tag (not latest) and sha256 digest; write it as registry/name:tag@sha256:digest`,
    ]);
  });

  it("fails when a quota is below the sum of what the platform itself asks for", () => {
    expect(refusals("dev", { quotas: { keda: { pods: 2, memoryMib: 100 } } })).toEqual([
      expect.stringMatching(
        /^dev\.quotas\.keda: memoryMib is 100, must be at least \d{3}, which the platform itself asks for there; raise it, or leave it out$/,
      ),
      "dev.quotas.keda: pods is 2, must be at least 3, which the platform itself asks for there; raise it, or leave it out",
    ]);
  });

  it("fails when prod runs a version whose support has ended", () => {
    const { version, support } = charts["sealed-secrets"];
    const told = refusals("prod", { sealedSecrets: true }, { EVENKEEL_TODAY: "2027-04-10" });
    expect(told).toContain(
      `prod-platform/SealedSecrets: version of sealed-secrets is "${version}", must be supported on 2027-04-10: its support ended on ${support.ends}; upgrade it, docs/capabilities/addons.md says how`,
    );
  });

  it("fails when a database, a cache or a bucket cannot be as it is asked for, and tells all at once", () => {
    const buckets = [{ name: "state", keepVersionsDays: 1, archiveAfterDays: 30, expireAfterDays: 31 }];
    expect(
      refusals("prod", {
        "database.name": "postgres",
        "database.backupAt": "02:30",
        "database.seedFile": "seeds/none.sql",
        "database.password": "secret",
        "rds.instanceClass": "db.t4g.xlarge",
        "rds.storage.iops": 12_000,
        "rds.archive": { keepDays: 100, coldAfterDays: 30 },
        "cache.topology": { kind: "single" },
        "cache.snapshotRetentionDays": 0,
        "elasticache.nodeType": "cache.m7g.huge",
        "objectStore.buckets": buckets,
      }),
    ).toEqual([
      'prod.database: password is "secret", must be a field that exists; remove it',
      'prod.database: name is "postgres", must be a name that neither SQL nor the server keeps for itself; rename the database, e.g. by a prefix',
      'prod.database: backupAt is "02:30", must be at least an hour before or after maintenance.start, which is 03:00; move one of them: each takes an hour',
      'prod.database: seedFile is "seeds/none.sql", must be a file that exists; correct the file, or remove the field',
      expect.stringMatching(
        /^prod\.objectStore\.buckets\.0: name is "state", must be none of state, .*, which the platform has; rename the bucket$/,
      ),
      expect.stringContaining("prod.objectStore.buckets.0: expireAfterDays is 31, must be at least 120, archiveAfterDays and 90 more; "),
      expect.stringContaining('prod.rds: instanceClass is "db.t4g.xlarge", must be one that is not burstable, in prod'),
      expect.stringContaining("prod.rds.storage: iops is 12000, must be left out with gp3 below 400 GiB; "),
      expect.stringContaining("prod.rds.archive: keepDays is 100, must be at least 120, coldAfterDays and 90 more; "),
      expect.stringContaining('prod.cache.topology: kind is "single", must be "replicated" or "clustered" where highlyAvailable is true; '),
      expect.stringContaining("prod.cache: snapshotRetentionDays is 0, must be at least 1 (day) where persistence is true; "),
      expect.stringContaining('prod.elasticache: nodeType is "cache.m7g.huge", must be a type that ElastiCache has for Valkey and Redis'),
    ]);
  });

  it("tells all at once: first of the values, then of what they make", () => {
    const shape = { "ingress.waf": { rules: "none" }, addonValues: { keda: { a: 1 }, kyverno: { b: 1 } }, owner: "" };
    expect(refusals("prod", shape)).toHaveLength(4);
    const quotas = { quotas: { keda: { pods: 1 }, "external-secrets": { pods: 1 }, nowhere: { pods: 1 } }, sealedSecrets: true };
    const told = refusals("prod", quotas, { EVENKEEL_TODAY: "2027-04-10" });
    for (const start of [
      "prod.quotas.keda: pods is 1",
      "prod.quotas.external-secrets: pods is 1",
      "prod.quotas: nowhere is",
      "prod-platform/SealedSecrets: version of sealed-secrets",
    ]) {
      expect(told).toContainEqual(expect.stringContaining(start));
    }
  });
});

describe("what code may not put into an environment", () => {
  const long = "a-name-that-goes-on-and-on-and-on-until-it-has-seventy-characters-in-all";

  /** An environment, composed as `synthesize` does it, so that something can be added. */
  const composed = (): EnvironmentStacks => composeEnvironment(new App({ outdir: tmpdir(), stackTraces: false }), local, applications);
  const environment = composed();

  it("fails when a chart has no exact version, an image no tag, a label or a port's name is too long: all is told at once", () => {
    const wrong = composed();
    new Release(wrong.platform, "Chart", { name: "chart", chart: "chart", repository: "https://charts.example.com", version: "^1.2" });
    const labels = { app: long };
    const container = [{ name: "server", image: "docker.io/library/server", port: [{ name: "http-for-everyone", containerPort: 80 }] }];
    new DeploymentV1(wrong.platform, "Server", {
      metadata: { name: "server", labels },
      spec: { selector: {}, template: { metadata: {}, spec: { container } } },
    });
    expect(compositionProblems(wrong).map(told)).toEqual([
      `local-platform/Server: label app is "${long}", must be a label of at most 63 characters, not ${long.length}; rename it`,
      'local-platform/Server: image is "docker.io/library/server", must be an image with a tag that names a version; name the version that was tested',
      'local-platform/Server: name of a port is "http-for-everyone", must be a port name of at most 15 characters, not 17; rename it',
      'local-platform/Chart: version of chart is "^1.2", must be an exact version such as 1.2.3; name the one that was tested, in constructs/ledger/charts.ts',
    ]);
  });

  it("says nothing of an environment in which nothing is wrong", () => {
    expect(compositionProblems(environment)).toEqual([]);
  });

  it("fails when a route's host is outside of the environment's domain", () => {
    const { ingress, setting } = environment.platform;
    expect(refusalsOf(() => ingress.route(environment.platform, "Shop", routeFor({ setting }, { host: "shop.example.org" })))).toEqual([
      `local-platform/Shop: host is "shop.example.org", must be ${local.domain} or one label more, which is what the certificate covers; end it with .${local.domain}`,
    ]);
  });

  it("fails when a host has TLS and nobody issues its certificate", () => {
    platformStackOf(local, ({ stack, setting, cluster }) => {
      const { network } = environment.cluster;
      const ingress = new KindIngress(stack, "Ingress", { setting, environment: local, cluster, network });
      expect(refusalsOf(() => ingress.route(stack, "Shop", routeFor({ setting })))).toEqual([
        "local-platform/Shop: tls is true, must be false where the ingress has no certificate; give the ingress an issuer",
      ]);
    });
  });

  it("fails when a name is longer than Helm's and Kubernetes' limits", () => {
    const { platform } = environment;
    const { setting } = platform;
    const namespace = new GuardedNamespace(platform, "Shop", { environment: local, name: "shop" });
    const addon = (release: string, values: HelmAddonProps["values"] = {}) =>
      new HelmAddon(platform, `Addon${release.length}`, { setting, chart: "keda", release, namespace, values, metrics: [] });
    expect(refusalsOf(() => addon("a".repeat(54)))).toEqual([
      `local-platform/Addon54: release is "${"a".repeat(54)}", must be a release of at most 53 characters, not 54; rename it`,
    ]);
    expect(refusalsOf(() => new GuardedNamespace(platform, "Long", { environment: local, name: "a".repeat(64) }))).toEqual([
      `local-platform/Long: name is "${"a".repeat(64)}", must be a namespace of at most 63 characters, not 64; rename it`,
    ]);
    expect(refusalsOf(() => addon("shop", { replica: 1, oprator: {} }))).toEqual([
      "local-platform/Addon4.values: replica is 1, must be a value that keda has; remove it: the chart would ignore it without a word",
      "local-platform/Addon4.values: oprator is {}, must be a value that keda has; did you mean operator?",
    ]);
  });
});
