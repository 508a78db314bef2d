import { Password } from "@cdktf/provider-random/lib/password";
import { Lazy } from "cdktf";
import { ScriptJob, type ScriptJobProps } from "../../../constructs/jobs/script-job";
import { local } from "../../../environments/local";
import { itIsRestricted } from "../../contracts/restricted-pods";
import { itStandsTwiceOnPlatform } from "../../contracts/stands-twice";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

const image = `docker.io/library/tool:1.2.3@sha256:${"0".repeat(64)}`;
const props: ScriptJobProps = {
  name: "greet",
  namespace: "jobs",
  image,
  script: "set -eu\necho hello\n",
  files: { "data.txt": "1" },
  variables: [
    { name: "WHO", value: "world" },
    { name: "TOKEN", secret: "greeting", key: "token" },
  ],
  volumes: [{ name: "authority", mountPath: "/authority", from: { secret: "tls" } }],
  dependsOn: [],
};

function jobOf(changes: Partial<ScriptJobProps> = {}): SynthesizedStack {
  return platformStackOf(local, ({ stack }) => {
    new ScriptJob(stack, "Job", { ...props, ...changes });
  });
}

function nameOf(stack: SynthesizedStack): string {
  return (stack.one("kubernetes_job_v1").metadata as { readonly name: string }).name;
}

describe("ScriptJob", () => {
  const stack = jobOf();

  it("is the script and the job that runs it", () => {
    expect(stack.inventory).toEqual(["kubernetes_config_map_v1", "kubernetes_job_v1"]);
  });

  it("mounts the script and its files, and what else is asked for, read-only", () => {
    expect(stack.one("kubernetes_config_map_v1").data).toEqual({ "setup.sh": props.script, "data.txt": "1" });
    expect(stack.one("kubernetes_job_v1")).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [
              {
                command: ["sh", "/setup/setup.sh"],
                volume_mount: [
                  { mount_path: "/setup", name: "setup", read_only: true },
                  { mount_path: "/authority", name: "authority", read_only: true },
                  { mount_path: "/tmp", name: "scratch" },
                ],
              },
            ],
            volume: [
              { config_map: { name: expect.stringContaining("kubernetes_config_map_v1") }, name: "setup" },
              { name: "authority", secret: { secret_name: "tls" } },
              { empty_dir: {}, name: "scratch" },
            ],
          },
        },
      },
    });
  });

  it("reads secrets from Secrets: their values are in no job", () => {
    expect(stack.one("kubernetes_job_v1")).toMatchObject({
      spec: {
        template: {
          spec: {
            container: [
              {
                env: [
                  { name: "WHO", value: "world" },
                  { name: "TOKEN", value_from: { secret_key_ref: { key: "token", name: "greeting" } } },
                ],
              },
            ],
          },
        },
      },
    });
  });

  it("has to succeed while Terraform waits, and stays: a job that cleans itself up comes back with every plan", () => {
    const job = stack.one("kubernetes_job_v1");
    expect(job).toMatchObject({ wait_for_completion: true, timeouts: { create: "300s" } });
    expect(JSON.stringify(job)).not.toContain("ttl_seconds_after_finished");
    expect(jobOf({ timeoutSeconds: 900 }).one("kubernetes_job_v1")).toMatchObject({ timeouts: { create: "900s" } });
  });

  it("has a name that tells its content, and the label of its name alone, which network policies go by", () => {
    expect(nameOf(stack)).toMatch(/^greet-[0-9a-f]{8}$/);
    expect(stack.one("kubernetes_job_v1")).toMatchObject({ spec: { template: { metadata: { labels: { app: "greet" } } } } });
  });

  it.each<[string, Partial<ScriptJobProps>]>([
    ["the script", { script: "set -eu\necho goodbye\n" }],
    ["a file", { files: { "data.txt": "2" } }],
    ["a file's name", { files: { "other.txt": "1" } }],
    ["a file that is known at the end only", { files: { "data.txt": Lazy.stringValue({ produce: () => "2" }) } }],
    ["the image", { image: image.replace("1.2.3", "1.2.4") }],
    ["a variable", { variables: [{ name: "WHO", value: "moon" }] }],
    ["where a secret is", { variables: [{ name: "TOKEN", secret: "greeting", key: "other" }] }],
  ])("runs again, under another name, when %s changes", (_, changes) => {
    expect(nameOf(jobOf(changes))).not.toBe(nameOf(stack));
  });

  it.each<[string, Partial<ScriptJobProps>]>([
    ["nothing does", {}],
    ["how long it may take does", { timeoutSeconds: 900 }],
    ["the same file is known at the end only", { files: { "data.txt": Lazy.stringValue({ produce: () => "1" }) } }],
  ])("does not run again when %s", (_, changes) => {
    expect(nameOf(jobOf(changes))).toBe(nameOf(stack));
  });

  it("runs again for what was made anew, and only for that", () => {
    const repeated = platformStackOf(local, ({ stack: scope }) => {
      const password = new Password(scope, "Password", { length: 40 });
      new ScriptJob(scope, "Job", { ...props, repeatedFor: [password] });
    });
    expect(repeated.one("kubernetes_job_v1").lifecycle).toEqual({ replace_triggered_by: [repeated.address("random_password")] });
    expect(stack.one("kubernetes_job_v1").lifecycle).toBeUndefined();
  });

  it("fails when its name leaves no room for the digest", () => {
    expect(nameOf(jobOf({ name: "a".repeat(54) }))).toHaveLength(63);
    expect(() => jobOf({ name: "a".repeat(55) })).toThrow(/Job: name is "a+", must be a job of at most 54 characters, not 55; rename it$/);
  });

  itIsRestricted(
    platformStackOf(local, ({ stack: scope }) => {
      const namespace = new GuardedNamespace(scope, "Namespace", { environment: local, name: "jobs" });
      new ScriptJob(scope, "Job", { ...props, namespace: namespace.resource.metadata.name });
    }),
    { image },
  );

  itStandsTwiceOnPlatform(local, ({ stack: scope }, id) => {
    new ScriptJob(scope, id, props);
  });
});
