import { MinioStateStore } from "../../../constructs/state/minio-state-store";
import { nodePorts } from "../../../constructs/cluster/node-ports";
import type { LocalEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itHonoursStateStore } from "../../contracts/state-store";
import { itIsRestricted } from "../../contracts/restricted-pods";
import { statement, synthesizedStack, type SynthesizedStack } from "../../synthesized";

const { local } = environments;

const inNamespace = { match_labels: { "kubernetes.io/metadata.name": "state-store" } };

/** Anything private that is no pod. */
const laptop = [
  { ip_block: { cidr: "10.0.0.0/8", except: [local.kind.podCidr] } },
  { ip_block: { cidr: "172.16.0.0/12" } },
  { ip_block: { cidr: "192.168.0.0/16" } },
];

itHonoursStateStore("MinioStateStore", local, (scope, id) => new MinioStateStore(scope, id, local));

describe("MinioStateStore", () => {
  const stack = synthesizedStack(local, "state", (scope) => new MinioStateStore(scope, "StateStore", local));

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "kubernetes_config_map_v1", // what the setup job runs, and the policy of the state user
      "kubernetes_default_service_account_v1", // without a token
      "kubernetes_job_v1", // makes the bucket and the user
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // denies everything
      "kubernetes_network_policy_v1", // of the server
      "kubernetes_network_policy_v1", // of the setup job
      "kubernetes_resource_quota_v1",
      "kubernetes_secret_v1", // both users' passwords, and the key
      "kubernetes_service_v1", // node port
      "kubernetes_stateful_set_v1", // the server, with its volume
      "random_bytes", // the key that encrypts objects
      "random_password", // of the root user
      "random_password", // of the state user
    ]);
  });

  itIsRestricted(stack, { image: local.stateStore.image });

  it("has room for the jobs of all buckets at once", () => {
    const podsFor = (count: number) => {
      const buckets = Array.from({ length: count }, (_, index) => ({ name: `bucket-${index}`, keepVersionsDays: 1 }));
      const environment = { ...local, objectStore: { buckets } };
      const { spec } = synthesizedStack(environment, "state", (scope) => new MinioStateStore(scope, "StateStore", environment)).one(
        "kubernetes_resource_quota_v1",
      );
      return Number((spec as { hard: { pods: string } }).hard.pods);
    };
    expect(podsFor(1)).toBeGreaterThan(2);
    expect(podsFor(20)).toBeGreaterThan(21);
  });

  it("is reached on the port that the nodes map to the laptop", () => {
    expect(stack.one("kubernetes_service_v1").spec).toMatchObject({ type: "NodePort", port: [{ node_port: nodePorts.objectStore }] });
  });

  it("keeps states on a volume of the configured size", () => {
    expect(stack.one("kubernetes_stateful_set_v1").spec).toMatchObject({
      replicas: "1",
      volume_claim_template: [{ spec: { resources: { requests: { storage: `${local.stateStore.storageGib}Gi` } } } }],
    });
  });

  it("has passwords of 32 letters and digits, and no literal one", () => {
    for (const password of stack.all("random_password")) expect(password).toMatchObject({ length: 32, special: false });
    const { data } = stack.one("kubernetes_secret_v1") as { data: Record<string, string> };
    expect(data.rootPassword).toMatch(/^\$\{random_password\.\w+\.result\}$/);
    expect(data.statePassword).toMatch(/^\$\{random_password\.\w+\.result\}$/);
    expect(data.rootPassword).not.toBe(data.statePassword);
    expect(JSON.stringify(stack.json)).not.toMatch(/minioadmin/);
  });

  it("encrypts the states under a key of 32 bytes, which only the secret and the server see", () => {
    expect(stack.one("random_bytes")).toEqual({ length: 32 });
    const { data } = stack.one("kubernetes_secret_v1") as { data: Record<string, string> };
    expect(data.encryptionKey).toBe(`objects:\${${stack.address("random_bytes")}.base64}`);
    const key = { secret_key_ref: { name: expect.any(String), key: "encryptionKey" } };
    expect(environmentsOf(stack).filter(({ value_from }) => JSON.stringify(value_from)?.includes("encryptionKey"))).toEqual([
      { name: "MINIO_KMS_SECRET_KEY", value_from: key },
    ]);
    const { data: setup } = stack.one("kubernetes_config_map_v1") as { data: Record<string, string> };
    expect(setup["setup.sh"]).toContain('mc encrypt set sse-s3 "store/$BUCKET"');
  });

  it("lets no other site's pages in, where a bucket does not say so", () => {
    expect(environmentsOf(stack)).toContainEqual({ name: "MINIO_API_CORS_ALLOW_ORIGIN", value: "http://minio.state-store.svc:9000" });
  });

  it("tells Prometheus without a token how full its buckets are, where there is one", () => {
    const open = { name: "MINIO_PROMETHEUS_AUTH_TYPE", value: "public" };
    expect(environmentsOf(stack)).toContainEqual(open);
    const environment = { ...local, monitoring: false };
    const unwatched = synthesizedStack(environment, "state", (scope) => new MinioStateStore(scope, "StateStore", environment));
    expect(environmentsOf(unwatched)).not.toContainEqual(open);
  });

  it("takes secrets into pods by reference to the secret", () => {
    for (const env of environmentsOf(stack)) {
      if (/USER|PASSWORD|SECRET/.test(env.name)) expect(env.value_from).toMatchObject({ secret_key_ref: { name: expect.any(String) } });
      else expect(env.value).toEqual(expect.any(String));
    }
  });

  it("lets the state user into the state bucket only, and delete nothing but locks", () => {
    const { data } = stack.one("kubernetes_config_map_v1") as { data: Record<string, string> };
    const policy = data["policy.json"];
    const bucket = "arn:aws:s3:::ml-platform-local-state";
    expect(statement(policy, "List")).toMatchObject({ Resource: [bucket] });
    expect(statement(policy, "States")).toMatchObject({ Action: ["s3:GetObject", "s3:PutObject"], Resource: [`${bucket}/*`] });
    expect(statement(policy, "Locks")).toMatchObject({ Action: ["s3:DeleteObject"], Resource: [`${bucket}/*.tflock`] });
  });

  it("is reached by the laptop and its own setup job, and by nobody else; calls nobody", () => {
    const job = { namespace_selector: inNamespace, pod_selector: { match_labels: { app: "minio-setup" } } };
    expect(stack.one("kubernetes_network_policy_v1", "StateStore_Paths_state-store-minio_").spec).toMatchObject({
      policy_types: ["Ingress"],
      ingress: [{ from: laptop, ports: [{ port: "9000", protocol: "TCP" }] }, { from: [job] }],
    });
    expect(stack.one("kubernetes_network_policy_v1", "StateStore_Paths_state-store-minio-setup").spec).toMatchObject({
      policy_types: ["Egress"],
    });
  });

  it("starts nothing before its namespace is guarded and its paths are open", () => {
    expect(stack.one("kubernetes_stateful_set_v1").depends_on).toEqual(
      expect.arrayContaining([
        stack.address("kubernetes_network_policy_v1", "StateStore_Namespace_DefaultDeny"),
        stack.address("kubernetes_network_policy_v1", "StateStore_Paths_state-store-minio_"),
        stack.address("kubernetes_network_policy_v1", "StateStore_Paths_state-store-minio-setup"),
        stack.address("kubernetes_resource_quota_v1"),
      ]),
    );
  });

  it("sets the server up after it runs", () => {
    expect(stack.one("kubernetes_job_v1")).toMatchObject({
      depends_on: [stack.address("kubernetes_stateful_set_v1")],
      wait_for_completion: true,
    });
  });

  it("sets up anew when what the job does has changed", () => {
    const nameFor = (environment: LocalEnvironment) => {
      const changed = synthesizedStack(environment, "state", (scope) => {
        new MinioStateStore(scope, "StateStore", environment);
      });
      return (changed.one("kubernetes_job_v1").metadata as { name: string }).name;
    };
    expect(nameFor(local)).toMatch(/^minio-setup-[0-9a-f]{8}$/);
    expect(nameFor(local)).toBe(nameFor({ ...local }));
    expect(nameFor({ ...local, project: "other" })).not.toBe(nameFor(local));
  });

  it("fails when the stack has no provider for passwords", () => {
    // The providers of a layer come from the catalog, so that a variant can stand twice in a stack.
    expect(() => synthesizedStack(local, "cluster", (scope) => new MinioStateStore(scope, "StateStore", local))).toThrow(/random/);
  });
});

interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly value_from?: unknown;
}

function environmentsOf(stack: SynthesizedStack): readonly EnvironmentVariable[] {
  return [...stack.all("kubernetes_stateful_set_v1"), ...stack.all("kubernetes_job_v1")].flatMap(({ spec }) =>
    (spec as { template: { spec: { container: readonly { env: readonly EnvironmentVariable[] }[] } } }).template.spec.container.flatMap(
      ({ env }) => env,
    ),
  );
}
