import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { requireName } from "../shared/kubernetes-names";
import { scriptFiles, scriptPod, type ScriptProps } from "./script-pod";

export interface ScriptCronJobProps extends ScriptProps {
  /** By its name, known when the job is created. */
  readonly namespace: string;
  /** When it runs, in the five fields of cron, UTC. @default when somebody asks for it: `kubectl create job --from=cronjob/<name>` */
  readonly schedule?: string;
  /** How long a run may take, in seconds. */
  readonly timeoutSeconds: number;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A script that runs again and again, never twice at a time. */
export class ScriptCronJob extends Construct {
  /** Escape hatch. */
  readonly resource: CronJobV1;

  /** @throws ConfigurationError when the name is too long */
  constructor(scope: Construct, id: string, props: ScriptCronJobProps) {
    super(scope, id);
    const { namespace, schedule, timeoutSeconds } = props;
    const name = requireName(this, "name", props.name, "cron job");
    const setup = new ConfigMapV1(this, "Script", { metadata: { name, namespace }, data: { ...scriptFiles(props) } });
    this.resource = new CronJobV1(this, "Resource", {
      metadata: { name, namespace },
      spec: {
        schedule: schedule ?? "0 0 1 1 *", // Kubernetes asks for one all the same
        suspend: schedule === undefined,
        timezone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          metadata: {},
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: timeoutSeconds,
            template: { metadata: { labels: { app: name } }, spec: scriptPod(props, setup.metadata.name) },
          },
        },
      },
      dependsOn: [...props.dependsOn],
    });
  }
}
