import { MinioObjectStore } from "../../../constructs/object-store/minio-object-store";
import type { BucketIntent } from "../../../constructs/object-store/object-store";
import { environments } from "../../../environments/index";
import { demanding, grantedIn, identityOf, itHonoursObjectStore, plain } from "../../contracts/object-store";
import { itIsRestricted } from "../../contracts/restricted-pods";
import { dataStackOf, type DataParts } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { manifest } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local } = environments;

function make({ stack, setting }: DataParts, id: string, buckets: readonly BucketIntent[]): MinioObjectStore {
  return new MinioObjectStore(stack, id, { environment: local, setting, buckets });
}

itHonoursObjectStore("MinioObjectStore", local, make);

describe("MinioObjectStore", () => {
  const stackOf = (...buckets: readonly BucketIntent[]) => dataStackOf(local, (parts) => make(parts, "Store", buckets));
  const [bare, full] = [stackOf(plain), stackOf(demanding)];

  it("consists of", () => {
    expect(bare.inventory).toEqual([
      "helm_release", // the monitor of the server
      "helm_release", // signals, recorded
      "kubernetes_config_map_v1", // what the job runs, and the rules of the bucket
      "kubernetes_job_v1", // makes the bucket
      "kubernetes_network_policy_v1", // into the server, from the job
      "kubernetes_network_policy_v1", // out of the job
      "kubernetes_network_policy_v1", // into the server, from Prometheus
      "kubernetes_network_policy_v1", // out of Prometheus
    ]);
  });

  it("has Prometheus ask the server, which is of another stack, where Prometheus runs, and once for all buckets", () => {
    const { metadata, spec } = manifest(bare, "PodMonitor");
    expect(metadata).toEqual({ name: "object-store", namespace: "state-store" });
    expect(spec).toMatchObject({
      selector: { matchLabels: { app: "minio" } },
      podMetricsEndpoints: [{ port: "s3", path: "/minio/v2/metrics/bucket" }],
    });
    expect(networkPaths(bare)).toMatchObject({
      "object-store-minio": ["from monitoring/prometheus 9000"],
      "object-store-prometheus": ["to state-store/minio 9000"],
    });
    const unwatched = (environment: typeof local, purpose: "objects" | "telemetry") =>
      dataStackOf(environment, ({ setting, stack }) => {
        new MinioObjectStore(stack, "Store", { environment, setting, purpose, buckets: [plain] });
      }).all("helm_release");
    expect([unwatched(local, "telemetry"), unwatched({ ...local, monitoring: false }, "objects")]).toEqual([[], []]);
  });

  // The pod is guarded by the server's namespace, which is the state layer's.
  itIsRestricted(
    dataStackOf(local, (parts) => {
      make(parts, "Store", [plain]);
      parts.namespace("Namespace", "team-a");
    }),
    { image: local.stateStore.image },
  );

  it("makes the bucket, or makes it anew as it should be, with versions, encrypted, and with its rules", () => {
    expect(setup(bare)["setup.sh"]?.split("\n").slice(2)).toEqual([
      'mc mb --ignore-existing "store/$BUCKET"',
      'mc version enable "store/$BUCKET"',
      'mc encrypt set sse-s3 "store/$BUCKET"',
      'mc ilm rule import "store/$BUCKET" </setup/lifecycle.json',
      'case "$(mc cors get "store/$BUCKET" 2>/dev/null)" in *AllowedOrigin*) mc cors remove "store/$BUCKET" ;; esac',
      "",
    ]);
    expect(containerOf(bare).env).toContainEqual({ name: "BUCKET", value: "ml-platform-local-plain" });
  });

  it("locks versions from the beginning where they are to be retained, so that a laptop can be given up all the same", () => {
    const script = setup(full)["setup.sh"];
    expect(script).toContain('mc mb --ignore-existing --with-lock "store/$BUCKET"');
    expect(script).toContain('mc retention set --default GOVERNANCE 20d "store/$BUCKET"');
    expect(setup(bare)["setup.sh"]).not.toMatch(/lock|retention/);
  });

  it("keeps versions as long as asked for and deletes objects in time; it moves none, having nowhere to move it", () => {
    const rule = (stack: SynthesizedStack) => (JSON.parse(setup(stack)["lifecycle.json"] ?? "") as { Rules: unknown }).Rules;
    const common = { ID: "objects", Status: "Enabled", Filter: { Prefix: "" } };
    expect(rule(bare)).toEqual([
      { ...common, Expiration: { ExpiredObjectDeleteMarker: true }, NoncurrentVersionExpiration: { NoncurrentDays: 3 } },
    ]);
    expect(rule(full)).toEqual([{ ...common, Expiration: { Days: 200 }, NoncurrentVersionExpiration: { NoncurrentDays: 5 } }]);
  });

  it("lets the named sites in", () => {
    const common = "<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3600</MaxAgeSeconds>";
    expect(setup(full)["setup.sh"]).toContain('mc cors set "store/$BUCKET" /setup/cors.xml');
    expect(setup(full)["cors.xml"]).toBe(
      "<CORSConfiguration>" +
        "<CORSRule><AllowedOrigin>https://app.example.com</AllowedOrigin><AllowedOrigin>http://localhost:3000</AllowedOrigin>" +
        `<AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>${common}</CORSRule>` +
        `<CORSRule><AllowedOrigin>https://www.example.com</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod>${common}</CORSRule>` +
        "</CORSConfiguration>",
    );
    expect(setup(bare)).not.toHaveProperty(["cors.xml"]);
  });

  it("runs its job beside the server, once the job may talk to it, with credentials from a secret", () => {
    const job = bare.one("kubernetes_job_v1");
    expect(job).toMatchObject({
      metadata: { name: expect.stringMatching(/^bucket-plain-[0-9a-f]{8}$/), namespace: "state-store" },
      wait_for_completion: true,
      depends_on: expect.arrayContaining([
        bare.address("kubernetes_network_policy_v1", "Store_Bucket-plain_Paths_state-store-bucket-plain"),
        bare.address("kubernetes_network_policy_v1", "Store_Bucket-plain_Paths_state-store-minio"),
      ]),
    });
    for (const { name, value_from } of containerOf(bare).env.filter(({ name }) => /^ROOT_/.test(name))) {
      const key = name === "ROOT_USER" ? "rootUser" : "rootPassword";
      expect(value_from).toEqual({ secret_key_ref: { name: "minio-credentials", key } });
    }
    expect(bare.one("kubernetes_network_policy_v1", "Store_Bucket-plain_Paths_state-store-minio").spec).toMatchObject({
      policy_types: ["Ingress"],
      ingress: [{ from: [{ pod_selector: { match_labels: { app: "bucket-plain" } } }], ports: [{ port: "9000" }] }],
    });
  });

  it("does it again when what is asked for has changed, and only then", () => {
    const jobOf = (intent: BucketIntent) => (stackOf(intent).one("kubernetes_job_v1").metadata as { name: string }).name;
    expect(jobOf(plain)).toBe(jobOf({ ...plain }));
    expect(jobOf({ ...plain, keepVersionsDays: 4 })).not.toBe(jobOf(plain));
  });

  it("tells the server, which would not think of it, that versions are out of reach, whoever may read or delete objects", () => {
    for (const grant of ["grantRead", "grantReadWrite"] as const) {
      const stack = dataStackOf(local, (parts) => make(parts, "Store", [plain]).bucket("plain")[grant](identityOf(parts, "api"), "Plain"));
      const objects = { Effect: "Deny", Resource: ["arn:aws:s3:::ml-platform-local-plain/*"] };
      expect(grantedIn(stack).filter(({ Effect, Sid }) => Effect === "Deny" && Sid !== "NoStates")).toEqual([
        { Sid: "NoOldReads", ...objects, Action: ["s3:GetObject"], Condition: { StringNotEquals: { "s3:versionid": "" } } },
        { Sid: "NoOldDeletes", ...objects, Action: ["s3:DeleteObjectVersion"] },
      ]);
    }
  });

  it("says where pods find the server, in MinIO's default region", () => {
    dataStackOf(local, (parts) => {
      const { endpoint, region } = make(parts, "Store", []);
      expect([endpoint, region]).toEqual(["http://minio.state-store.svc:9000", "us-east-1"]);
    });
  });

  it("fails when the name of a bucket makes no name of a pod", () => {
    dataStackOf(local, (parts) => {
      const long = { ...plain, name: "a".repeat(57) };
      expect(() => make(parts, "Store", [long])).toThrow(
        /name is "bucket-a+", must be a service of at most 63 characters, not 64; rename it/,
      );
    });
  });
});

function setup(stack: SynthesizedStack): Readonly<Record<string, string>> {
  return stack.one("kubernetes_config_map_v1").data as Record<string, string>;
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string; readonly value_from?: unknown }[];
}

function containerOf(stack: SynthesizedStack): Container {
  const { spec } = stack.one("kubernetes_job_v1") as { spec: { template: { spec: { container: readonly [Container] } } } };
  return spec.template.spec.container[0];
}
