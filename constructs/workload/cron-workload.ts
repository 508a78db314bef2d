import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { Construct } from "constructs";
import type { WorkloadIntent } from "../../applications/application";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { requireName } from "../shared/kubernetes-names";
import { labelsOf } from "./workload-labels";
import { podTemplate, type PodParts } from "./workload-pod";

export interface CronWorkloadProps {
  readonly parts: PodParts;
  readonly namespace: GuardedNamespace;
  readonly intent: Extract<WorkloadIntent, { readonly kind: "cron-job" }>;
}

/** Pods that run to their end at given times, never two of them at a time. */
export class CronWorkload extends Construct {
  /** Escape hatch. */
  readonly resource: CronJobV1;

  constructor(scope: Construct, id: string, { intent, namespace, parts }: CronWorkloadProps) {
    super(scope, id);
    const { place, requires, resources } = parts;
    namespace.expect([{ replicas: 1, resources }]);
    this.resource = new CronJobV1(this, "Resource", {
      metadata: {
        name: requireName(this, "name", place.workload, "cron job"),
        namespace: namespace.resource.metadata.name,
        labels: labelsOf(place, "job"),
      },
      spec: {
        schedule: intent.schedule,
        timezone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 300, // a cluster that was away does not make up for all it has missed
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels: labelsOf(place, "job") },
          spec: { backoffLimit: 1, activeDeadlineSeconds: intent.timeoutSeconds, template: podTemplate(parts, { role: "job" }) },
        },
      },
      dependsOn: [...requires],
    });
  }
}
