import { MinioIdentity } from "../../../constructs/identity/minio-identity";
import type { PolicyStatement } from "../../../constructs/identity/policy-document";
import { environments } from "../../../environments/index";
import { identityProps, itHonoursWorkloadIdentity, readModels, writeReports } from "../../contracts/workload-identity";
import { itIsRestricted } from "../../contracts/restricted-pods";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { only, statement } from "../../synthesized";

const { local } = environments;

function make(parts: PlatformParts, id: string): MinioIdentity {
  return new MinioIdentity(parts.stack, id, { ...identityProps(parts, id), environment: local });
}

itHonoursWorkloadIdentity("MinioIdentity", local, make);

describe("MinioIdentity", () => {
  const stack = platformStackOf(local, (parts) => make(parts, "Identity"));

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "kubernetes_config_map_v1", // what the job runs, and the policy
      "kubernetes_default_service_account_v1", // of the team's namespace, as the next four
      "kubernetes_job_v1", // makes the user
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // default-deny
      "kubernetes_network_policy_v1", // into the server, from the job
      "kubernetes_network_policy_v1", // out of the job
      "kubernetes_resource_quota_v1",
      "kubernetes_secret_v1", // the user's credentials for the pods
      "kubernetes_secret_v1", // and for the job
      "random_password",
    ]);
  });

  itIsRestricted(stack, { image: local.stateStore.image });

  it("keeps the credentials where the pods are, and where the job is", () => {
    const data = { AWS_ACCESS_KEY_ID: "workload-models-api", AWS_SECRET_ACCESS_KEY: `\${${stack.address("random_password")}.result}` };
    const namespace = `\${${stack.address("kubernetes_namespace_v1")}.metadata[0].name}`;
    const places = stack.all("kubernetes_secret_v1").map(({ data: kept, metadata }) => ({ kept, metadata }));
    expect(places).toEqual([
      { kept: data, metadata: { name: "workload-models-api", namespace } },
      { kept: data, metadata: { name: "workload-models-api", namespace: "state-store" } },
    ]);
    expect(stack.one("random_password")).toMatchObject({ length: 40, special: false });
  });

  it("shows the password to nothing but these two", () => {
    const readers = stack.resources.filter(({ values }) => JSON.stringify(values).includes(".result"));
    expect(readers.map(({ type }) => type)).toEqual(["kubernetes_secret_v1", "kubernetes_secret_v1"]);
    expect(JSON.stringify(stack.json.output ?? {})).not.toContain(".result");
  });

  it("never lets a user to Terraform's states, whatever is allowed", () => {
    const { data } = stack.one("kubernetes_config_map_v1") as { data: Record<string, string> };
    const states = "arn:aws:s3:::ml-platform-local-state";
    expect(statement(data["policy.json"], "NoStates")).toEqual({
      Sid: "NoStates",
      Effect: "Deny",
      Action: ["s3:*"],
      Resource: [states, `${states}/*`],
    });
  });

  it("runs its job beside the server, once the job may talk to it", () => {
    const job = stack.one("kubernetes_job_v1");
    const name = expect.stringMatching(/^workload-models-api-[0-9a-f]{8}$/);
    expect(job).toMatchObject({ metadata: { name, namespace: "state-store" }, wait_for_completion: true });
    expect(job.depends_on).toEqual([
      stack.address("kubernetes_secret_v1", "Identity_JobSecret"),
      stack.address("kubernetes_network_policy_v1", "Identity_Paths_state-store-workload"),
      stack.address("kubernetes_network_policy_v1", "Identity_Paths_state-store-minio"),
    ]);
  });

  it("opens both ends of the path from the job to the server", () => {
    const peer = (app: string) => [
      {
        namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "state-store" } },
        pod_selector: { match_labels: { app } },
      },
    ];
    const ports = [{ port: "9000", protocol: "TCP" }];
    expect(stack.one("kubernetes_network_policy_v1", "Identity_Paths_state-store-minio").spec).toMatchObject({
      pod_selector: { match_labels: { app: "minio" } },
      policy_types: ["Ingress"],
      ingress: [{ from: peer("workload-models-api"), ports }],
    });
    const out = stack.one("kubernetes_network_policy_v1", "Identity_Paths_state-store-workload").spec;
    expect(out).toMatchObject({ policy_types: ["Egress"], egress: [{ to: peer("minio"), ports }, expect.anything()] });
  });

  it("takes every credential of the job from a secret", () => {
    const { spec } = stack.one("kubernetes_job_v1") as {
      spec: { template: { spec: { container: readonly { env: readonly object[] }[] } } };
    };
    const { env } = only(spec.template.spec.container, "container");
    const secret = (name: string, secretName: string, key: string) => ({ name, value_from: { secret_key_ref: { name: secretName, key } } });
    expect(env).toEqual([
      { name: "NEW_USER", value: "workload-models-api" },
      secret("NEW_PASSWORD", "workload-models-api", "AWS_SECRET_ACCESS_KEY"),
      secret("ROOT_USER", "minio-credentials", "rootUser"),
      secret("ROOT_PASSWORD", "minio-credentials", "rootPassword"),
      { name: "MC_HOST_store", value: "http://$(ROOT_USER):$(ROOT_PASSWORD)@minio:9000" },
    ]);
  });

  it("makes the user anew when what it may do has changed, or its password", () => {
    const jobOf = (...more: readonly PolicyStatement[]) =>
      platformStackOf(local, (parts) => make(parts, "Identity").allow("More", ...more)).one("kubernetes_job_v1");
    const nameOf = (job: object) => (job as { metadata: { name: string } }).metadata.name;
    expect(nameOf(jobOf())).toBe(nameOf(jobOf()));
    expect(nameOf(jobOf(writeReports))).not.toBe(nameOf(jobOf()));
    expect(jobOf().lifecycle).toEqual({ replace_triggered_by: [stack.address("random_password")] });
  });

  it("tells the SDK where the server is", () => {
    platformStackOf(local, (parts) => {
      expect(make(parts, "Identity").containerEnvironment).toEqual({
        variables: { AWS_REGION: "us-east-1", AWS_ENDPOINT_URL_S3: "http://minio.state-store.svc:9000" },
        secretName: "workload-models-api",
      });
    });
  });

  it("fails when MinIO has no such action, at first and later, and tells all of them", () => {
    const publish: PolicyStatement = {
      Sid: "Publish",
      Effect: "Allow",
      Action: ["sns:Publish", "s3:GetObject", "kms:Decrypt"],
      Resource: "*",
    };
    const told = (place: string, action: string) =>
      `  local-platform/Identity/${place}: Publish is "${action}", must be an action of S3: on the laptop there is no other service of AWS; allow it in the variant for AWS`;
    platformStackOf(local, (parts) => {
      const props = { ...identityProps(parts, "Identity"), environment: local };
      const message = (place: string) =>
        ["2 problems in the configuration:", told(place, "sns:Publish"), told(place, "kms:Decrypt")].join("\n");
      expect(() => new MinioIdentity(parts.stack, "Identity", { ...props, statements: [readModels, publish] })).toThrow(message("Policy"));
    });
    platformStackOf(local, (parts) => {
      const message = ["2 problems in the configuration:", told("Later", "sns:Publish"), told("Later", "kms:Decrypt")].join("\n");
      expect(() => make(parts, "Identity").allow("Later", publish)).toThrow(message);
    });
  });

  it("fails when the purpose makes no name of a pod", () => {
    platformStackOf(local, (parts) => {
      const props = { ...identityProps(parts, "Identity"), environment: local };
      expect(() => new MinioIdentity(parts.stack, "Identity", { ...props, purpose: "a".repeat(55) })).toThrow(
        /purpose is "workload-a+", must be a service of at most 63 characters, not 64; rename it/,
      );
    });
  });
});
