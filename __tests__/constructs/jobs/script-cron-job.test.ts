import { ScriptCronJob, type ScriptCronJobProps } from "../../../constructs/jobs/script-cron-job";
import { local } from "../../../environments/local";
import { itStandsTwiceOnPlatform } from "../../contracts/stands-twice";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

const props: ScriptCronJobProps = {
  name: "sweep",
  namespace: "jobs",
  image: `docker.io/library/tool:1.2.3@sha256:${"0".repeat(64)}`,
  script: "set -eu\necho swept\n",
  variables: [{ name: "ROOM", value: "hall" }],
  schedule: "30 3 * * sun",
  timeoutSeconds: 3600,
  dependsOn: [],
};

function cronJobOf(changes: Partial<ScriptCronJobProps> = {}): SynthesizedStack {
  return platformStackOf(local, ({ stack }) => {
    new ScriptCronJob(stack, "Job", { ...props, ...changes });
  });
}

describe("ScriptCronJob", () => {
  const stack = cronJobOf();
  const job = stack.one("kubernetes_cron_job_v1");

  it("is the script and the job that runs it", () => {
    expect(stack.inventory).toEqual(["kubernetes_config_map_v1", "kubernetes_cron_job_v1"]);
    expect(stack.one("kubernetes_config_map_v1").data).toEqual({ "setup.sh": props.script });
  });

  it("runs at its time in UTC, whatever the nodes' clock says", () => {
    expect(job).toMatchObject({ spec: { schedule: "30 3 * * sun", suspend: false, timezone: "Etc/UTC" } });
  });

  it("fails when Kubernetes could not name its runs", () => {
    expect(() => cronJobOf({ name: "a".repeat(53) })).toThrow(
      /Job: name is "a+", must be a cron job of at most 52 characters, not 53; rename it$/,
    );
  });

  it("runs by hand only where nobody names a time", () => {
    expect(cronJobOf({ schedule: undefined }).one("kubernetes_cron_job_v1")).toMatchObject({ spec: { suspend: true } });
  });

  it("never runs twice at a time, nor twice for one time, and ends", () => {
    expect(job).toMatchObject({
      spec: {
        concurrency_policy: "Forbid",
        job_template: { spec: { active_deadline_seconds: 3600, backoff_limit: 0, template: { spec: { restart_policy: "Never" } } } },
      },
    });
  });

  it("keeps the last run to be read, and no more", () => {
    expect(job).toMatchObject({ spec: { successful_jobs_history_limit: 1, failed_jobs_history_limit: 1 } });
  });

  it("keeps its name whatever it does: it is changed in place", () => {
    for (const found of [job, cronJobOf({ script: "set -eu\n" }).one("kubernetes_cron_job_v1")]) {
      expect(found).toMatchObject({ metadata: { name: "sweep", namespace: "jobs" } });
    }
  });

  it("runs without root, without capabilities, on a read-only file system, within a limit of memory", () => {
    expect(job).toMatchObject({
      spec: {
        job_template: {
          spec: {
            template: {
              metadata: { labels: { app: "sweep" } },
              spec: {
                automount_service_account_token: false,
                security_context: { run_as_non_root: true, run_as_user: "1000", seccomp_profile: { type: "RuntimeDefault" } },
                container: [
                  {
                    image: props.image,
                    resources: { limits: { memory: "128Mi" } },
                    security_context: {
                      allow_privilege_escalation: false,
                      read_only_root_filesystem: true,
                      capabilities: { drop: ["ALL"] },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    });
  });

  itStandsTwiceOnPlatform(local, ({ stack: scope }, id) => {
    new ScriptCronJob(scope, id, props);
  });
});
