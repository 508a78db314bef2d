import { environments } from "../../../environments/index";
import { everyKindIn, runningApplications } from "../../apps-stack";
import { everyKind } from "../../every-kind";
import { manifest, manifestsOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, prod } = environments;
const { shop, stock } = everyKind;
const stack = everyKindIn(prod);
const laptop = runningApplications(local, [stock]);

const named = (of: SynthesizedStack, type: string, prefix: string) =>
  of
    .all(type, prefix)
    .map(({ metadata }) => (metadata as { readonly name: string }).name)
    .sort();

describe("an application with one workload", () => {
  it("consists of", () => {
    expect(laptop.inventory).toEqual([
      "helm_release", // rules for whoever watches it
      "helm_release", // the database's password
      "helm_release", // who may read queues: a password, an authority, and how KEDA signs in
      "helm_release",
      "helm_release",
      "kubernetes_config_map_v1", // variables of the database
      "kubernetes_default_service_account_v1",
      "kubernetes_deployment_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // nothing
      "kubernetes_network_policy_v1", // to DNS and the database, at both ends
      "kubernetes_network_policy_v1",
      "kubernetes_network_policy_v1", // from KEDA to the cache, at both ends
      "kubernetes_network_policy_v1",
      "kubernetes_priority_class_v1", // high and low
      "kubernetes_priority_class_v1",
      "kubernetes_resource_quota_v1",
      "kubernetes_service_account_v1",
      "kubernetes_service_v1",
    ]);
  });
});

describe("the namespace of an application", () => {
  it("is called the same, and refuses pods with more rights than they need", () => {
    expect(laptop.one("kubernetes_namespace_v1").metadata).toEqual({
      name: "stock",
      labels: { "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted" },
    });
  });

  it("has pods wait for the load balancer, where there is one: a rollout would end the old ones before", () => {
    expect(stack.one("kubernetes_namespace_v1", "stock_").metadata).toMatchObject({
      labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled", "pod-security.kubernetes.io/enforce": "restricted" },
    });
  });
});

describe("secrets of an application", () => {
  const copy = (name: string) => manifest(stack, "ExternalSecret", name);
  const key = (name: string) => `ml-platform-prod/shop-${name}`;

  it("are made up where they are generated, and looked for in the store where they are given", () => {
    expect(stack.all("aws_secretsmanager_secret").map(({ name }) => name)).toEqual([key("session-key"), key("signing-key")]);
    expect(copy("web-secrets").spec.data).toEqual([
      { secretKey: "SESSION_KEY", remoteRef: { key: key("session-key"), property: "password" } },
      { secretKey: "PAYMENT_KEY", remoteRef: { key: key("payment-key"), property: "value" } },
    ]);
  });

  it("are files where a volume has them, and logins for images", () => {
    expect(copy("web-keys-volume").spec.data).toEqual([
      { secretKey: "signing.key", remoteRef: { key: key("signing-key"), property: "password" } },
    ]);
    expect(copy("worker-pull-1").spec).toMatchObject({
      target: { template: { type: "kubernetes.io/dockerconfigjson" } },
      data: [{ secretKey: ".dockerconfigjson", remoteRef: { key: key("registry-login"), property: "value" } }],
    });
  });

  it("come to no namespace but its own", () => {
    const elsewhere = manifestsOf(stack).filter(({ kind, metadata }) => kind === "ExternalSecret" && metadata.namespace !== "shop");
    expect(elsewhere.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`)).toEqual([
      "keda/queue-reader",
      "stock/api-data",
    ]);
  });
});

describe("objects of a workload", () => {
  it("end with what they are, so that none is taken for one of a workload with a longer name", () => {
    expect(named(stack, "kubernetes_config_map_v1", "shop_web")).toEqual(["web-data", "web-data-volume", "web-variables"]);
    const copies = manifestsOf(stack).filter(({ kind, metadata }) => kind === "ExternalSecret" && metadata.name.startsWith("web-"));
    expect(copies.map(({ metadata }) => metadata.name).sort()).toEqual(["web-data", "web-keys-volume", "web-pull-1", "web-secrets"]);
  });

  it("have variables in which Terraform reads nothing", () => {
    expect(stack.one("kubernetes_config_map_v1", "shop_web_Variables").data).toEqual({
      GREETING: "100 %%{off}, $${NAME}",
      STORE_URL: "http://store.shop:8080",
      API_URL: "http://api.stock:8080",
    });
    expect(stack.one("kubernetes_config_map_v1", "shop_web_Files").data).toEqual({ "shop.yaml": "greeting: $${NAME}\n" });
  });
});

describe("migrations", () => {
  const job = (name: string) => stack.one("kubernetes_job_v1", `shop_${name}`);
  const addressOf = (name: string) => stack.address("kubernetes_job_v1", `shop_${name}`);
  const after = (name: string) => (job(name).depends_on as readonly string[]).filter((address) => address.includes("_Migration-")).sort();

  it("run one after the other as they say, across workloads", () => {
    expect(after("web_Migration-schema")).toEqual([]);
    expect(after("agent_Migration-prepare")).toEqual([addressOf("web_Migration-schema")]);
    expect(after("web_Migration-prices")).toEqual([addressOf("agent_Migration-prepare"), addressOf("web_Migration-schema")]);
  });

  it("have ended before pods of any kind of the application start, and no other application waits", () => {
    const all = ["agent_Migration-prepare", "store_Migration-layout", "web_Migration-prices", "web_Migration-schema"].map(addressOf);
    const pods = stack.resources.filter(({ name, type }) => /_Pods_[0-9A-F]{8}$/.test(name) && type !== "helm_release");
    expect(pods.map(({ name }) => name.replace(/_[0-9A-F]{8}$/, ""))).toEqual(
      expect.arrayContaining(["shop_web_Pods", "shop_store_Pods", "shop_agent_Pods", "shop_nightly_Pods", "stock_api_Pods"]),
    );
    for (const { name, values } of pods) {
      const waits = (values.depends_on as readonly string[]).filter((address) => address.includes("_Migration-")).sort();
      expect([name, waits]).toEqual([name, name.startsWith("shop_") ? all : []]);
    }
  });

  it("are waited for longer than they may take, and tried three times", () => {
    expect(job("web_Migration-schema")).toMatchObject({
      wait_for_completion: true,
      timeouts: { create: "180s" },
      spec: { backoff_limit: 2, active_deadline_seconds: 120 },
    });
    expect(job("web_Migration-prices")).toMatchObject({ timeouts: { create: "660s" }, spec: { active_deadline_seconds: 600 } });
  });

  it("are called by what they do, and are not repeated for anything else", () => {
    const nameOf = (of: SynthesizedStack) => (of.one("kubernetes_job_v1", "shop_web_Migration-schema").metadata as { name: string }).name;
    expect(nameOf(stack)).toMatch(/^web-schema-[0-9a-f]{8}$/);
    expect(job("web_Migration-schema").lifecycle).toEqual({ ignore_changes: ["spec"] });
    const released = { ...prod, versions: { "shop/web": "1.2.1" } };
    const other = runningApplications(released, [{ ...shop, access: { viewers: [], admins: [] } }, stock]);
    expect(nameOf(other)).toMatch(/^web-schema-[0-9a-f]{8}$/);
    expect(nameOf(other)).not.toBe(nameOf(stack));
    const prices = (of: SynthesizedStack) => of.one("kubernetes_job_v1", "shop_web_Migration-prices").metadata;
    expect(prices(other)).toEqual(prices(stack)); // its own image is the same
  });

  it("have what servers have: account, variables, secrets, and the way to the database", () => {
    const { depends_on } = job("web_Migration-schema");
    expect(depends_on).toEqual(
      expect.arrayContaining([
        stack.address("helm_release", "shop_web_Connections_Access_Secrets"),
        stack.address("helm_release", "shop_web_Secrets_Variables"),
        stack.address("kubernetes_network_policy_v1", "shop_web_Connections_Access_Paths"),
        stack.address("kubernetes_network_policy_v1", "shop_Namespace_DefaultDeny"),
      ]),
    );
  });
});

it("fails when the name of a stateful set is too long for what Kubernetes adds", () => {
  const workloads = { ["s".repeat(53)]: shop.workloads.lonely } as typeof shop.workloads;
  expect(() => runningApplications(local, [{ ...stock, workloads }])).toThrow(
    /name is "s+", must be a stateful set of at most 52 characters, not 53/,
  );
});
