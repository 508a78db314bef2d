import { environments } from "../../../environments/index";
import type { Arguments } from "../../../operations/terraform-json";
import { everyKindIn } from "../../apps-stack";
import type { SynthesizedStack } from "../../synthesized";

const { local, dev, prod } = environments;
const stacks = { local: everyKindIn(local), dev: everyKindIn(dev), prod: everyKindIn(prod) };

const specOf = (resource: Arguments) => resource.spec as Arguments;
const deployment = (stack: SynthesizedStack, name: string) => stack.one("kubernetes_deployment_v1", `${name}_Pods`);
const set = (stack: SynthesizedStack, name: string) => stack.one("kubernetes_stateful_set_v1", `${name}_Pods`);

describe("a deployment", () => {
  const api = specOf(deployment(stacks.prod, "stock_api"));

  it("has as many pods as declared in production, and one where that will do", () => {
    expect(api.replicas).toBe("2");
    expect([stacks.dev, stacks.local].map((stack) => specOf(deployment(stack, "stock_api")).replicas)).toEqual(["1", "1"]);
    expect(specOf(deployment(stacks.prod, "shop_trainer")).replicas).toBe("0");
  });

  it("leaves the number to what scales it", () => {
    for (const name of ["shop_web", "shop_worker"]) expect(specOf(deployment(stacks.prod, name))).not.toHaveProperty("replicas");
  });

  it("is replaced one pod more at a time, and none less; or all at once, where two releases cannot be beside each other", () => {
    expect(api.strategy).toEqual({ type: "RollingUpdate", rolling_update: { max_surge: "1", max_unavailable: "0" } });
    expect(specOf(deployment(stacks.prod, "shop_worker")).strategy).toEqual({ type: "Recreate" });
  });

  it("is waited for as long as its pods may take", () => {
    expect(deployment(stacks.prod, "stock_api")).toMatchObject({
      timeouts: { create: "14m", update: "14m" },
      spec: { progress_deadline_seconds: 720 },
    });
    // Six pods that may take five minutes to start, and the two that every pod has.
    expect(deployment(stacks.prod, "shop_web")).toMatchObject({ timeouts: { create: "52m" }, spec: { progress_deadline_seconds: 1020 } });
    expect(deployment(stacks.prod, "shop_worker")).toMatchObject({ spec: { progress_deadline_seconds: 1020 } }); // 300 to end
  });

  it("selects its pods by labels that never change, and by what they do: migrations are not among them", () => {
    expect(api.selector).toEqual({ match_labels: { app: "api", "evenkeel/role": "server" } });
  });
});

describe("a stateful set", () => {
  const store = set(stacks.prod, "shop_store");

  it("has a volume of the default class for each pod, and names from its own service", () => {
    expect(specOf(store)).toMatchObject({
      replicas: "3",
      service_name: "store",
      volume_claim_template: [
        {
          metadata: { name: "data" },
          spec: { storage_class_name: "platform-default", access_modes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
        },
      ],
    });
    expect(stacks.prod.one("kubernetes_service_v1", "shop_store_").spec).toMatchObject({
      cluster_ip: "None",
      port: [{ name: "http", port: 8080, target_port: "http" }],
    });
    expect(stacks.prod.one("kubernetes_service_v1", "shop_lonely_").spec).toMatchObject({ cluster_ip: "None", port: [] });
  });

  it("is protected with its volumes where they are not disposable", () => {
    const retention = (stack: SynthesizedStack) => specOf(set(stack, "shop_store")).persistent_volume_claim_retention_policy;
    expect(store.lifecycle).toEqual({ prevent_destroy: true });
    expect(retention(stacks.prod)).toEqual([{ when_deleted: "Retain", when_scaled: "Retain" }]);
    expect(set(stacks.local, "shop_store").lifecycle).toEqual({ prevent_destroy: false });
    expect(retention(stacks.local)).toEqual([{ when_deleted: "Delete", when_scaled: "Retain" }]);
  });

  it("has nothing to protect without volumes", () => {
    const lonely = set(stacks.prod, "shop_lonely");
    expect(lonely).not.toHaveProperty("lifecycle");
    expect(specOf(lonely)).not.toHaveProperty("persistent_volume_claim_retention_policy");
  });
});

describe("a daemon set", () => {
  it("is on every node of its placement, whatever the environment's size", () => {
    for (const stack of Object.values(stacks)) {
      expect(stack.one("kubernetes_daemon_set_v1", "shop_agent_Pods").spec).not.toHaveProperty("replicas");
    }
    expect(stacks.prod.one("kubernetes_daemon_set_v1", "shop_agent_Pods").timeouts).toEqual({ create: "60m", update: "60m" });
  });
});

describe("a cron job", () => {
  it("runs at its times, never two at a time, and not for what it has missed", () => {
    expect(stacks.prod.one("kubernetes_cron_job_v1").spec).toMatchObject({
      schedule: "30 2 * * *",
      timezone: "Etc/UTC",
      concurrency_policy: "Forbid",
      starting_deadline_seconds: 300,
      job_template: { spec: { backoff_limit: 1, active_deadline_seconds: 600 } },
    });
  });
});

describe("what may be away for upkeep of nodes", () => {
  const budgets = (stack: SynthesizedStack) =>
    Object.fromEntries(
      stack.all("kubernetes_pod_disruption_budget_v1").map(({ metadata, spec }) => {
        const { max_unavailable, min_available } = spec as Arguments;
        return [(metadata as { name: string }).name, { max_unavailable, min_available }];
      }),
    );
  const away = (pods: string) => ({ max_unavailable: pods, min_available: undefined });

  it("is one pod where there are or may be several, or what is declared", () => {
    expect(budgets(stacks.prod)).toEqual({
      web: { max_unavailable: undefined, min_available: "1" },
      store: away("1"),
      worker: away("2"),
      api: away("1"),
    });
  });

  it("never keeps the only pod on its node", () => {
    expect(budgets(stacks.dev)).toEqual({ web: away("1"), worker: away("2") }); // they may be scaled
  });
});

describe("room in the namespace", () => {
  const hard = (stack: SynthesizedStack) => (stack.one("kubernetes_resource_quota_v1", "stock_").spec as { hard: Arguments }).hard;

  it("is for all pods twice, as a rollout needs, and for jobs", () => {
    expect(hard(stacks.prod)).toEqual({ pods: "9", "requests.cpu": "450m", "requests.memory": "672Mi" }); // 2 x 100m and 128Mi
    expect(hard(stacks.dev)).toEqual({ pods: "7", "requests.cpu": "250m", "requests.memory": "416Mi" });
  });

  it("counts every kind: as many as may be scaled to, nodes, migrations and runs", () => {
    const { pods } = (stacks.prod.one("kubernetes_resource_quota_v1", "shop_").spec as { hard: { pods: string } }).hard;
    const counted = { web: 6, store: 3, lonely: 1, worker: 5, trainer: 0, agents: 20, nightly: 1, migrations: 4 };
    expect(Number(pods)).toBe(2 * Object.values(counted).reduce((sum, each) => sum + each) + 5);
  });
});
