import { InClusterRedis } from "../../../constructs/cache/in-cluster-redis";
import { environments } from "../../../environments/index";
import { cacheProps, itHonoursCache } from "../../contracts/cache";
import { dataStackOf } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { passwordReaders } from "../../password-readers";
import { manifest } from "../../released";
import { only, type SynthesizedStack } from "../../synthesized";
import type { CacheIntent } from "../../../constructs/cache/cache";
import type { Environment } from "../../../environments/environment";

const { local } = environments;

itHonoursCache("InClusterRedis", local, (parts, id, props) => new InClusterRedis(parts.stack, id, props));

/** Stacks by what they were made of: many tests look at the same one. */
const made = new Map<string, SynthesizedStack>();

function synthesized(intent: Partial<CacheIntent>, environment: Environment = local): SynthesizedStack {
  const key = JSON.stringify([intent, environment]);
  const stack =
    made.get(key) ?? dataStackOf(environment, (parts) => void new InClusterRedis(parts.stack, "Cache", cacheProps(parts, "Cache", intent)));
  made.set(key, stack);
  return stack;
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly value_from?: object }[];
  readonly security_context: object;
  readonly resources: { readonly limits: { readonly memory: string } };
}

interface Workload {
  readonly spec: {
    readonly replicas: string;
    readonly template: { readonly spec: { readonly security_context: object; readonly container: readonly Container[] } };
    readonly volume_claim_template?: readonly object[];
    readonly persistent_volume_claim_retention_policy?: readonly object[];
  };
}

const replicated = { topology: { kind: "replicated", replicas: 2 } } as const;
const clustered = { topology: { kind: "clustered", shards: 3, replicas: 1 } } as const;

describe("InClusterRedis", () => {
  it("consists of, on its own", () => {
    expect(synthesized({}).inventory).toEqual([
      "helm_release", // certificate and PodMonitor
      "helm_release", // authority for the benchmark
      "helm_release", // password for the benchmark
      "helm_release", // rules
      "helm_release", // users
      "kubernetes_config_map_v1", // scripts and configuration
      "kubernetes_config_map_v1", // benchmark
      "kubernetes_cron_job_v1", // benchmark
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // denies everything
      "kubernetes_network_policy_v1", // the node
      "kubernetes_network_policy_v1", // the benchmark
      "kubernetes_network_policy_v1", // the node, for the benchmark
      "kubernetes_network_policy_v1", // Prometheus
      "kubernetes_resource_quota_v1",
      ...Array<string>(4).fill("kubernetes_secret_v1"), // passwords of four users
      "kubernetes_service_v1", // clients
      "kubernetes_service_v1", // the node by its name
      "kubernetes_stateful_set_v1",
      ...Array<string>(4).fill("random_password"),
    ]);
  });

  it.each([
    ["one node", {}, { cache: "1" }],
    ["a primary with two replicas, and Sentinels", replicated, { cache: "3", "cache-sentinel": "3" }],
    ["three shards of two", clustered, { cache: "6" }],
  ])("is %s", (_, intent, expected) => {
    const sets = synthesized(intent).all("kubernetes_stateful_set_v1");
    const replicas = sets.map(({ metadata, spec }) => [(metadata as { name: string }).name, (spec as Workload["spec"]).replicas]);
    expect(Object.fromEntries(replicas)).toEqual(expected);
  });

  describe.each([
    ["alone", {}],
    ["replicated", replicated],
    ["clustered", clustered],
  ])("%s", (_, intent) => {
    const stack = synthesized(intent);

    it("listens to TLS and nothing else, and takes nobody without a user", () => {
      const { "server.conf": configuration = "", "sentinel.conf": sentinel = configuration } = setup(stack);
      for (const text of [configuration, sentinel]) {
        expect(text).toMatch(/^port 0$/m);
        expect(text).toMatch(/^tls-replication yes$/m);
      }
      expect(configuration).toMatch(/^aclfile \/users\/users.acl$/m);
      expect(users(stack).split("\n")[0]).toBe("user default off");
      expect(users(stack)).not.toMatch(/nopass|#/);
    });

    it("holds nothing that Terraform would take for a reference of its own", () => {
      for (const { data } of stack.all("kubernetes_config_map_v1")) expect(JSON.stringify(data)).not.toMatch(/[$%]\{/);
    });

    it("lets the application use keys and channels, and not what stops or empties the server", () => {
      expect(users(stack)).toContain("user app on >{{ .app }} ~* &* +@all -@admin -@dangerous +info\n");
    });

    it("passes the Pod Security Standard `restricted` with every container", () => {
      for (const { spec } of workloads(stack)) {
        expect(spec.template.spec.security_context).toMatchObject({ run_as_non_root: true, seccomp_profile: { type: "RuntimeDefault" } });
        for (const { image, resources, security_context } of spec.template.spec.container) {
          expect(security_context).toEqual({
            allow_privilege_escalation: false,
            read_only_root_filesystem: true,
            capabilities: { drop: ["ALL"] },
          });
          expect(image).toMatch(/^docker\.io\/.+@sha256:[0-9a-f]{64}$/);
          expect(resources.limits.memory).toMatch(/^\d+[MG]i$/);
        }
      }
    });

    it("has passwords from Secrets, never in arguments, variables or ConfigMaps", () => {
      for (const { spec } of workloads(stack)) {
        for (const { env } of spec.template.spec.container) {
          const passwords = env.filter(({ name }) => name.endsWith("PASSWORD"));
          for (const password of passwords) expect(password).toMatchObject({ value_from: { secret_key_ref: { name: "cache-users" } } });
        }
      }
      const readers = passwordReaders(stack);
      expect(new Set(readers.map(({ type }) => type))).toEqual(new Set(["kubernetes_secret_v1"]));
    });

    it("has a certificate for every name that anybody connects to, signed for both ends of a connection", () => {
      expect(manifest(stack, "Certificate", "cache-tls").spec).toMatchObject({
        dnsNames: expect.arrayContaining(["cache.cache.svc", "*.cache-nodes.cache.svc", "*.cache-nodes.cache.svc.cluster.local"]),
        usages: expect.arrayContaining(["server auth", "client auth"]),
        issuerRef: { kind: "ClusterIssuer", name: "local-ca" },
      });
    });

    it("is scraped at its exporters, which know no configuration", () => {
      expect(manifest(stack, "PodMonitor").spec).toMatchObject({ selector: { matchLabels: { app: "cache" } } });
      const exporter = container(stack, "cache", "exporter");
      expect(exporter.env).toContainEqual({ name: "REDIS_EXPORTER_CONFIG_COMMAND", value: "-" });
      expect(exporter.env).toContainEqual({ name: "REDIS_ADDR", value: "rediss://$(POD_NAME).cache-nodes.cache.svc:6379" });
    });

    it("hands renewed certificates to the server", () => {
      expect(setup(stack)["upkeep.sh"]).toContain("CONFIG SET tls-cert-file /tls/tls.crt");
      expect(container(stack, "cache", "upkeep").command).toEqual(["sh", "/setup/upkeep.sh"]);
    });
  });

  it("gives keys three quarters of the memory, and evicts as it is told", () => {
    const configuration = setup(synthesized({ evictionPolicy: "volatile-ttl" }))["server.conf"];
    expect(container(synthesized({}), "cache", "server").resources.limits.memory).toBe("128Mi");
    expect(configuration).toContain(`\nmaxmemory ${96 * 2 ** 20}\n`);
    expect(configuration).toContain("\nmaxmemory-policy volatile-ttl\n");
  });

  it("logs every write to a volume where it is persistent, and keeps nothing where it is not", () => {
    const kept = synthesized({ persistence: true });
    expect(setup(kept)["server.conf"]).toMatch(/^appendonly yes\nappendfsync everysec$/m);
    expect(set(kept, "cache").spec.volume_claim_template).toMatchObject([{ spec: { storage_class_name: "platform-default" } }]);
    const lost = synthesized({ persistence: false });
    expect(setup(lost)["server.conf"]).toMatch(/^save ""\nappendonly no$/m);
    expect(set(lost, "cache").spec.volume_claim_template).toBeUndefined();
  });

  it("keeps a volume for each node of a cluster, whatever happens to the data: its identity is in there", () => {
    expect(set(synthesized({ ...clustered, persistence: false }), "cache").spec.volume_claim_template).toHaveLength(1);
  });

  it("leaves to Kubernetes how pods are replaced: the provider sees a difference in every plan where half of it is said", () => {
    const made = synthesized(replicated);
    for (const name of ["cache", "cache-sentinel"]) expect(set(made, name).spec).not.toHaveProperty("update_strategy");
  });

  it.each([
    [true, "Delete", undefined],
    [false, "Retain", { prevent_destroy: true }],
  ])("when the environment is disposable: %s, does with volumes: %s", (disposable, policy, lifecycle) => {
    const found = synthesized({ persistence: true }, { ...local, disposable }).one("kubernetes_stateful_set_v1") as unknown as Workload;
    expect(found.spec.persistent_volume_claim_retention_policy).toMatchObject([{ when_deleted: policy }]);
    expect((found as { readonly lifecycle?: object }).lifecycle ?? { prevent_destroy: false }).toEqual(
      lifecycle ?? { prevent_destroy: false },
    );
  });

  it("admits its own clients and DNS, and Prometheus where it runs", () => {
    expect(networkPaths(synthesized({}, { ...local, monitoring: false }))).toEqual({
      "default-deny": ["nothing, Ingress and Egress"],
      "allow-cache": ["from cache/cache 6379", "to kube-system/kube-dns 53/UDP 53", "to cache/cache 6379"],
      "cache-benchmark-cache": ["from cache/cache-benchmark 6379"],
      "cache-benchmark-cache-benchmark": ["to kube-system/kube-dns 53/UDP 53", "to cache/cache 6379"],
    });
    expect(networkPaths(synthesized({}))).toMatchObject({
      "allow-cache": expect.arrayContaining(["from monitoring/prometheus 9121"]),
      "allow-prometheus": ["to cache/cache 9121"],
    });
  });

  it("runs Redis where Redis is asked for, with the line of the ledger", () => {
    dataStackOf(local, (parts) => {
      const cache = new InClusterRedis(parts.stack, "Cache", cacheProps(parts, "Cache", { engine: "redis" }));
      expect(cache.ledgerEntries["docker.io/library/redis"]).toMatchObject({ version: "7.2.14-alpine3.21", licence: "BSD-3-Clause" });
    });
    const stack = synthesized({ engine: "redis" });
    expect(container(stack, "cache", "server").image).toMatch(/^docker\.io\/library\/redis:7\.2\./);
    expect(setup(stack)["start.sh"]).toContain("redis-server");
    expect(JSON.stringify(setup(stack))).not.toContain("valkey-");
  });

  it("fails when snapshots are asked for", () => {
    expect(() => synthesized({ snapshotRetentionDays: 7 })).toThrow(
      /cache\.snapshotRetentionDays is 7, must be 0 for a cache in the cluster, which takes no snapshots; switch them off/,
    );
  });

  it("fails when its name makes others too long", () => {
    dataStackOf(local, (parts) => {
      const props = { ...cacheProps(parts, "Cache"), name: "c".repeat(46) };
      expect(() => new InClusterRedis(parts.stack, "Cache", props)).toThrow(/name is "c+", must be a route of at most 45 characters/);
    });
  });
});

describe("a replicated InClusterRedis", () => {
  const stack = synthesized(replicated);

  it("leads clients to the primary, which only the proxy knows", () => {
    const [service] = stack.all("kubernetes_service_v1").filter(({ metadata }) => (metadata as { name: string }).name === "cache");
    expect(service?.spec).toMatchObject({ selector: { app: "cache-proxy" }, port: [{ port: 6379 }] });
    const { "haproxy.cfg": proxy = "" } = setup(stack);
    expect(proxy.match(/^ {2}server .*/gm)).toHaveLength(3);
    expect(proxy).toContain("tcp-check expect string master");
    expect(proxy).toMatch(/default-server .*on-marked-down shutdown-sessions.* verify required ca-file \/tls\/ca.crt/);
    expect(proxy).toContain('"AUTH health $HEALTH_PASSWORD\\r\\n"');
    expect(stack.one("kubernetes_deployment_v1").spec).toMatchObject({ replicas: "2" });
  });

  it("has Sentinels of which two have to agree, and which know nodes by their names", () => {
    const { "sentinel.conf": sentinel, "sentinel.sh": start } = setup(stack);
    expect(sentinel).toMatch(/^sentinel resolve-hostnames yes\nsentinel announce-hostnames yes$/m);
    expect(start).toContain('echo "sentinel monitor cache $primary 6379 2"');
  });

  it("has another node take over before the primary stops, and whenever it comes back empty", () => {
    expect(container(stack, "cache", "server")).toMatchObject({
      lifecycle: { pre_stop: [{ exec: { command: ["sh", "/setup/stop.sh"] } }] },
    });
    expect(setup(stack)["stop.sh"]).toMatch(/CLIENT PAUSE 10000 WRITE\n {2}hand_over/); // nothing is taken that would be lost
    expect(setup(stack)["start.sh"]).toMatch(/if \[ ! -e \/data\/appendonlydir \] .*\n {2}hand_over/);
  });

  it("stops writing to a primary without replicas, unless there is one replica only", () => {
    expect(setup(stack)["server.conf"]).toContain("min-replicas-to-write 1");
    expect(setup(synthesized({ topology: { kind: "replicated", replicas: 1 } }))["server.conf"]).not.toContain("min-replicas");
  });

  it("loses one pod of a kind at a time", () => {
    const budgets = stack.all("kubernetes_pod_disruption_budget_v1").map(({ spec }) => spec);
    expect(budgets).toHaveLength(3);
    for (const budget of budgets) expect(budget).toMatchObject({ max_unavailable: "1" });
  });

  it("spreads its pods, and does so for sure where the environment is highly available", () => {
    const asked = (environment: Environment) =>
      JSON.stringify(synthesized(replicated, environment).all("kubernetes_stateful_set_v1")).match(/"when_unsatisfiable":"\w+"/g);
    expect(new Set(asked(local))).toEqual(new Set(['"when_unsatisfiable":"ScheduleAnyway"']));
    expect(new Set(asked({ ...local, highlyAvailable: true }))).toEqual(new Set(['"when_unsatisfiable":"DoNotSchedule"']));
  });

  it("opens the ways between its parts", () => {
    const paths = networkPaths(stack);
    expect(paths["allow-cache-sentinel"]).toEqual([
      "from cache/cache 26379",
      "from cache/cache-sentinel 26379",
      "to cache/cache 6379",
      "to cache/cache-sentinel 26379",
      "to kube-system/kube-dns 53/UDP 53",
    ]);
    expect(paths["allow-cache-proxy"]).toEqual(["to cache/cache 6379", "to kube-system/kube-dns 53/UDP 53"]);
    expect(paths["allow-cache"]).toEqual(expect.arrayContaining(["from cache/cache-proxy 6379", "from cache/cache-sentinel 6379"]));
  });
});

describe("a clustered InClusterRedis", () => {
  const stack = synthesized(clustered);

  it("is made one by a job that may run again", () => {
    const script = setup(stack, "cache-cluster")["setup.sh"] ?? "";
    expect(script).toContain("--cluster create $members --cluster-replicas 1 --cluster-yes");
    expect(script).toMatch(/grep -q cluster_slots_assigned:16384; then[^]*exit 0[^]*CLUSTER RESET/);
    expect(stack.one("kubernetes_job_v1").depends_on).toEqual([stack.address("kubernetes_stateful_set_v1")]);
  });

  it("tells clients names, and talks TLS among its nodes", () => {
    const { "server.conf": configuration, "start.sh": start } = setup(stack);
    expect(configuration).toMatch(/^cluster-enabled yes\ntls-cluster yes$/m);
    expect(configuration).toContain("cluster-preferred-endpoint-type hostname");
    expect(start).toContain('echo "cluster-announce-hostname $HOSTNAME.cache-nodes.cache.svc"');
  });

  it("finds itself again when every node has another address", () => {
    expect(setup(stack)["upkeep.sh"]).toContain("CLUSTER MEET");
    expect(setup(synthesized({}))["upkeep.sh"]).not.toContain("CLUSTER");
  });

  it("opens the nodes' own port to nodes alone", () => {
    const opened = Object.entries(networkPaths(stack)).flatMap(([name, lines]) => lines.map((line) => `${name} ${line}`));
    expect(opened.filter((line) => line.includes("16379"))).toEqual([
      "allow-cache from cache/cache 6379 16379",
      "allow-cache to cache/cache 6379 16379",
    ]);
  });
});

/** Files of a ConfigMap. */
function setup(stack: SynthesizedStack, name = "cache-setup"): Readonly<Record<string, string>> {
  const maps = stack.all("kubernetes_config_map_v1").filter(({ metadata }) => (metadata as { name: string }).name === name);
  return only(maps, name).data as Readonly<Record<string, string>>;
}

/** The file with the server's users. */
function users(stack: SynthesizedStack): string {
  const { target } = manifest(stack, "ExternalSecret", "cache-users").spec as {
    readonly target: { template: { data: Record<string, string> } };
  };
  return target.template.data["users.acl"] ?? "";
}

function set(stack: SynthesizedStack, name: string): Workload {
  const sets = stack.all("kubernetes_stateful_set_v1").filter(({ metadata }) => (metadata as { name: string }).name === name);
  return only(sets, name) as unknown as Workload;
}

function container(stack: SynthesizedStack, workload: string, name: string): Container {
  return only(
    set(stack, workload).spec.template.spec.container.filter((found) => found.name === name),
    name,
  );
}

/** Everything that starts pods for good. */
function workloads(stack: SynthesizedStack): readonly Workload[] {
  return [...stack.all("kubernetes_stateful_set_v1"), ...stack.all("kubernetes_deployment_v1")] as unknown as readonly Workload[];
}
