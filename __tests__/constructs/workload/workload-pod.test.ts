import type { Application } from "../../../applications/application";
import { environments } from "../../../environments/index";
import { everyKindIn, runningApplications } from "../../apps-stack";
import { itRunsRestrictedPods } from "../../contracts/restricted-pods";
import { everyKind } from "../../every-kind";
import { containerOf, podTemplate, podTemplates } from "../../pod-templates";
import { synthesizedEnvironments } from "../../stacks/synthesized-environments";
import { loadEnvironments } from "../../../environments/load";

const { local, prod } = environments;
const { shop, stock } = everyKind;
const all = everyKindIn(prod);
const web = podTemplate(all, "shop_web_Pods");
const container = containerOf(all, "shop_web_Pods");

/** The layer as it is deployed, over those before it. */
const deployed = synthesizedEnvironments(loadEnvironments({ names: ["prod"], variables: {}, applications: [shop, stock] })).stack(
  "prod-apps",
);
const versions = { "shop/web": `sha256:${"1".repeat(64)}` };
const laptop = runningApplications({ ...local, versions }, [withImage(shop), stock]);

/** With a migration that has an image of its own in the environment's registry. */
function withImage(application: typeof shop): Application {
  const { web: declared, ...others } = application.workloads;
  if (!declared || declared.kind !== "deployment") throw new Error("web is no deployment");
  const migration = { name: "own", command: ["true"], image: { repository: "search/writer", version: "2.0.0" } };
  return { ...application, workloads: { ...others, web: { ...declared, migrations: [...(declared.migrations ?? []), migration] } } };
}

describe("pods of every kind of workload", () => {
  itRunsRestrictedPods(all, ["shop_web_Pods", "shop_web_Migration"]);

  it("are all looked at", () => {
    expect(
      Object.keys(podTemplates(all))
        .map((name) => name.replace(/_[0-9A-F]{8}$/, ""))
        .sort(),
    ).toEqual([
      "shop_agent_Migration-prepare",
      "shop_agent_Pods",
      "shop_lonely_Pods",
      "shop_nightly_Pods",
      "shop_store_Migration-layout",
      "shop_store_Pods",
      "shop_trainer_Pods",
      "shop_web_Migration-prices",
      "shop_web_Migration-schema",
      "shop_web_Pods",
      "shop_worker_Pods",
      "stock_api_Pods",
    ]);
  });

  it("say whose they are and what they do", () => {
    expect(web.metadata.labels).toEqual({
      app: "web",
      "evenkeel/role": "server",
      "app.kubernetes.io/name": "web",
      "app.kubernetes.io/part-of": "shop",
    });
    expect(podTemplate(all, "shop_web_Migration-schema").metadata.labels["evenkeel/role"]).toBe("migration");
    expect(podTemplate(all, "shop_nightly_Pods").metadata.labels["evenkeel/role"]).toBe("job");
  });

  it("stay on their node until their end where they have one, though Karpenter would move them", () => {
    const { metadata } = podTemplate(all, "shop_web_Migration-schema");
    const staying = { "karpenter.sh/do-not-disrupt": "true" };
    expect([metadata, podTemplate(all, "shop_nightly_Pods").metadata]).toEqual([
      expect.objectContaining({ annotations: expect.objectContaining(staying) }),
      expect.objectContaining({ annotations: expect.objectContaining(staying) }),
    ]);
    expect(Object.keys(web.metadata.annotations ?? {})).not.toContain("karpenter.sh/do-not-disrupt");
  });

  it("run as a service account of their own", () => {
    expect(web.spec.service_account_name).toContain("kubernetes_service_account_v1.shop_web_ServiceAccount_");
    const accounts = all.all("kubernetes_service_account_v1").map(({ automount_service_account_token }) => automount_service_account_token);
    expect([...new Set(accounts)]).toEqual([false]); // a pod that nobody declared gets no token by it
  });
});

describe("a container", () => {
  it("is the environment's image in its version, with the words of the declaration, in which Terraform reads nothing", () => {
    expect(container).toMatchObject({
      name: "web",
      image: expect.stringMatching(/search\/reader(_[0-9A-F]{8}\.repository_url\})?:1\.2\.0$/),
      command: ["/web", "--greeting=$${GREETING}"],
      args: ["--port", "8080"],
    });
    expect(containerOf(all, "shop_web_Migration-schema")).toMatchObject({
      image: container.image,
      command: ["/web", "migrate", "$${VERSION}"],
    });
    expect(containerOf(all, "shop_web_Migration-schema").args).toBeUndefined(); // those of the server are not for it
  });

  it("is another version where the environment has one: of the workload, not of a migration's own image", () => {
    expect(containerOf(laptop, "shop_web_Pods").image).toBe(
      `localhost:${local.kind.hostPorts.registry}/search/reader@${versions["shop/web"]}`,
    );
    expect(containerOf(laptop, "shop_web_Migration-schema").image).toContain(versions["shop/web"]);
    expect(containerOf(laptop, "shop_web_Migration-own").image).toMatch(/search\/writer:2\.0\.0$/);
  });

  it("is asked how it is by the names of its ports", () => {
    expect(container.port).toEqual([
      { name: "http", container_port: 8080 },
      { name: "metrics", container_port: 9090 },
    ]);
    expect(container.startup_probe).toEqual({
      http_get: { path: "/health", port: "http" },
      period_seconds: 5,
      timeout_seconds: 3,
      failure_threshold: 60,
    });
    expect(container.liveness_probe).toMatchObject({ period_seconds: 10, timeout_seconds: 2, failure_threshold: 3 });
    expect(container.readiness_probe).toMatchObject({ http_get: { path: "/ready", port: "http" } });
    expect(containerOf(all, "shop_store_Pods").liveness_probe).toMatchObject({ exec: { command: ["test", "-e", "$${PIDFILE}"] } });
    // What runs to its end is asked nothing, and listens on nothing.
    expect(containerOf(all, "shop_web_Migration-schema")).not.toHaveProperty("liveness_probe");
    expect(containerOf(all, "shop_web_Migration-schema")).not.toHaveProperty("port");
  });

  it("has what it asks for, and on a laptop as good as nothing", () => {
    const declared = { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1", memory: "256Mi" } };
    expect(container.resources).toEqual(declared);
    expect(containerOf(laptop, "stock_api_Pods").resources).toEqual({
      ...declared,
      requests: { cpu: "10m", memory: "16Mi" },
    });
  });

  it("writes to /tmp and to volumes, and reads what is mounted", () => {
    expect(container.env).toContainEqual({ name: "HOME", value: "/tmp" });
    expect(container.volume_mount).toEqual([
      { name: "scratch", mount_path: "/tmp" },
      { name: "work", mount_path: "/work", read_only: false },
      { name: "data", mount_path: "/etc/shop", read_only: true },
      { name: "keys", mount_path: "/etc/keys", read_only: true },
    ]);
    expect(web.spec.volume).toEqual([
      { name: "scratch", empty_dir: {} },
      { name: "work", empty_dir: { size_limit: "64Mi" } },
      { name: "data", config_map: { name: "web-data-volume" } },
      { name: "keys", secret: { secret_name: "web-keys-volume" } },
    ]);
  });

  it("finds the authority of the cache's certificate where the cache has one of its own", () => {
    const mount = { name: "authority", mount_path: "/etc/authority", read_only: true };
    expect(containerOf(laptop, "shop_worker_Pods").volume_mount).toContainEqual(mount);
    expect(podTemplate(laptop, "shop_worker_Pods").spec.volume).toContainEqual({
      name: "authority",
      secret: { secret_name: "worker-authority", items: [{ key: "ca.crt", path: "ca.crt" }] },
    });
    expect(containerOf(all, "shop_worker_Pods").volume_mount.map(({ name }) => name)).toEqual(["scratch"]);
  });

  it("of a stateful set has its own volume, and its migrations have none: nobody else has a claim", () => {
    expect(containerOf(all, "shop_store_Pods").volume_mount).toContainEqual({
      name: "data",
      mount_path: "/var/lib/store",
      read_only: false,
    });
    expect(podTemplate(all, "shop_store_Pods").spec.volume?.map(({ name }) => name)).toEqual(["scratch"]);
    expect(podTemplate(all, "shop_store_Pods").spec.security_context.fs_group_change_policy).toBe("OnRootMismatch");
    expect(containerOf(all, "shop_store_Migration").volume_mount.map(({ name }) => name)).toEqual(["scratch"]);
  });
});

describe("a pod of an instrumented workload", () => {
  const injected = "instrumentation.opentelemetry.io/inject-python";
  const telemetry = (prefix: string) => containerOf(all, prefix).env.filter(({ name }) => name.startsWith("OTEL_"));

  it("asks for an agent where it brings none, by the object that the platform has", () => {
    expect(podTemplate(all, "shop_trainer_Pods").metadata.annotations).toMatchObject({ [injected]: "monitoring/evenkeel" });
    expect(Object.keys(web.metadata.annotations ?? {}).filter((key) => key.includes("opentelemetry"))).toEqual([]);
  });

  it("knows the collector and its own name, whether it brings an SDK or gets an agent", () => {
    for (const [prefix, name] of [
      ["shop_web_Pods", "web"],
      ["shop_trainer_Pods", "trainer"],
    ] as const) {
      expect(telemetry(prefix)).toContainEqual({ name: "OTEL_SERVICE_NAME", value: name });
      expect(telemetry(prefix)).toContainEqual({ name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: "http://otel-collector.monitoring:4318" });
    }
  });

  it("is nobody else's, and no migration gets an agent", () => {
    expect(telemetry("shop_store_Pods")).toEqual([]);
    const asking = Object.entries(podTemplates(all)).filter(([, { metadata }]) => metadata.annotations?.[injected]);
    expect(asking.map(([name]) => name)).toEqual([expect.stringMatching(/^shop_trainer_Pods/)]);
  });
});

describe("what pods read when they start", () => {
  const contents = (prefix: string) => podTemplate(all, prefix).metadata.annotations ?? {};

  it("starts others when it is another: variables, files, addresses, and secrets that were made up", () => {
    expect(contents("shop_web_Pods")["evenkeel/config"]).toMatch(
      /^\$\{sha256\(jsonencode\(\[kubernetes_config_map_v1\.shop_web_Variables_\w+\.data, kubernetes_config_map_v1\.shop_web_Connections_Access_Variables_\w+\.data, kubernetes_config_map_v1\.shop_web_Files_data_\w+\.data\]\)\)\}$/,
    );
    expect(contents("shop_web_Pods")["evenkeel/addresses"]).toMatch(/primary_endpoint_address\}:6379$/);
    const fingerprint = (secret: string) =>
      `\\$\\{nonsensitive\\(substr\\(sha256\\(random_password\\.shop_Secret-${secret}_Password_\\w+\\.result\\), 0, 8\\)\\)\\}`;
    expect(contents("shop_web_Pods")["evenkeel/secrets"]).toMatch(
      new RegExp(`^${fingerprint("session-key")} ${fingerprint("signing-key")}$`),
    );
  });

  it("is not waited for where there is none", () => {
    expect(contents("shop_store_Pods")).toEqual({});
    expect(all.resources.map(({ type, name }) => `${type} ${name}`).filter((name) => /config_map_v1 shop_store_/.test(name))).toEqual([]);
  });

  it("comes out of another layer as a value that Terraform knows when it plans", () => {
    const { metadata } = podTemplate(deployed, "shop_worker_Pods");
    expect(metadata.annotations?.["evenkeel/addresses"]).toMatch(/^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\}:6379$/);
  });
});

describe("a pod", () => {
  it("has as long to end as it says, or half a minute", () => {
    expect(web.spec.termination_grace_period_seconds).toBe(60);
    expect(podTemplate(all, "shop_store_Pods").spec.termination_grace_period_seconds).toBe(30);
  });

  it("goes before others or gives way, and by default neither", () => {
    expect(web.spec.priority_class_name).toContain("PriorityClasses_High_");
    expect(podTemplate(all, "shop_worker_Pods").spec.priority_class_name).toContain("PriorityClasses_Low_");
    expect(podTemplate(all, "shop_store_Pods").spec).not.toHaveProperty("priority_class_name");
    expect(all.all("kubernetes_priority_class_v1").map(({ metadata, value }) => [(metadata as { name: string }).name, value])).toEqual([
      ["workload-high", 1000],
      ["workload-low", -1000],
    ]);
  });

  it("is pulled with the login of its image, and so are its migrations", () => {
    expect(podTemplate(all, "shop_worker_Pods").spec.image_pull_secrets).toEqual([{ name: "worker-pull-1" }]);
    expect(podTemplate(all, "shop_web_Migration-prices").spec.image_pull_secrets).toEqual([{ name: "web-pull-1" }]);
    expect(podTemplate(all, "shop_store_Pods").spec).not.toHaveProperty("image_pull_secrets");
  });

  it("is spread over zones, then over nodes, where there are several; pods of the release before do not count", () => {
    const [zones, nodes] = web.spec.topology_spread_constraint ?? [];
    expect(zones).toEqual({
      max_skew: 1,
      topology_key: "topology.kubernetes.io/zone",
      when_unsatisfiable: "ScheduleAnyway",
      label_selector: [{ match_labels: { app: "web", "evenkeel/role": "server" } }],
      match_label_keys: ["pod-template-hash"],
    });
    expect(nodes).toMatchObject({ topology_key: "kubernetes.io/hostname" });
    expect(podTemplate(all, "shop_store_Pods").spec.topology_spread_constraint?.[0]).not.toHaveProperty("match_label_keys");
    expect(podTemplate(all, "shop_lonely_Pods").spec).not.toHaveProperty("topology_spread_constraint");
    expect(podTemplate(all, "shop_agent_Pods").spec).not.toHaveProperty("topology_spread_constraint");
  });

  it("runs to its end once, and is not started again in its place", () => {
    expect(podTemplate(all, "shop_nightly_Pods").spec.restart_policy).toBe("Never");
    expect(podTemplate(all, "shop_web_Migration-schema").spec.restart_policy).toBe("Never");
    expect(web.spec.restart_policy).toBeUndefined();
  });
});

describe("a GPU", () => {
  it("is asked for where nodes of the placement have some, as many as may be used", () => {
    expect(containerOf(deployed, "shop_trainer_Pods").resources).toMatchObject({
      requests: { "nvidia.com/gpu": "2" },
      limits: { "nvidia.com/gpu": "2" },
    });
    expect(podTemplate(deployed, "shop_trainer_Pods").spec).toMatchObject({
      node_selector: { "placement.evenkeel/training": "true" },
      toleration: [{ key: "nvidia.com/gpu", operator: "Equal", value: "present", effect: "NoSchedule" }],
    });
  });

  it("is not asked for where there is none", () => {
    expect(JSON.stringify(containerOf(all, "shop_trainer_Pods").resources)).not.toContain("nvidia");
  });
});
