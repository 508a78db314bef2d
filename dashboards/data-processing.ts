import type { Application } from "../applications/application";
import { seriesOf } from "../constructs/monitoring/signals";
import { above, noLimit, none } from "./limits";
import type { Board } from "./panel";
import { podPanels, workloadsAt } from "./placed-workloads";
import { inNamespaces } from "./selectors";

/** How long each run took. Runs are named after their schedule, with the minute at the end (Kubernetes, "CronJob"). */
const lasted =
  `label_replace(kube_job_status_completion_time{${inNamespaces}} - kube_job_status_start_time{${inNamespaces}}, ` +
  '"cronjob", "$1", "job_name", "(.+)-[0-9]+")';

/** Batch jobs: whether they ran, how long they took, what they use, and what comes out. */
export function dataProcessing(applications: readonly Application[]): Board {
  const workloads = workloadsAt(applications, "data-processing").map(({ workload }) => workload);
  return {
    uid: "data-processing",
    title: "Data processing",
    description: "Batch jobs: whether they ran, how long they took, what they use, and how the data grows.",
    tags: ["ml"],
    since: "7d",
    rows: [
      {
        title: "Runs",
        panels: [
          {
            kind: "number",
            title: "Jobs that run",
            description: "Now.",
            unit: "short",
            limits: noLimit,
            queries: [{ expression: `sum(kube_job_status_active{${inNamespaces}}) or vector(0)`, legend: "jobs" }],
          },
          {
            kind: "number",
            title: "Jobs that failed",
            description: "Of those that are still kept. Each says why: `kubectl describe job`.",
            unit: "short",
            limits: none,
            alert: "JobFailed",
            queries: [{ expression: `count(kube_job_status_failed{${inNamespaces}} > 0) or vector(0)`, legend: "jobs" }],
          },
          {
            kind: "number",
            title: "Schedules that are suspended",
            description: "Nobody runs them until somebody lets them go on.",
            unit: "short",
            limits: above(1),
            queries: [{ expression: `sum(kube_cronjob_spec_suspend{${inNamespaces}}) or vector(0)`, legend: "schedules" }],
          },
          {
            kind: "number",
            title: "Longest time since a success",
            description: "Of all schedules.",
            unit: "s",
            limits: above(26 * 3600, 50 * 3600),
            queries: [{ expression: `time() - min(kube_cronjob_status_last_successful_time{${inNamespaces}})`, legend: "age" }],
          },
          {
            kind: "table",
            title: "Schedules",
            description: "When each last ran, when it last succeeded, and when it runs again.",
            unit: "dateTimeFromNow",
            limits: noLimit,
            alert: "CronJobLate",
            labels: ["namespace", "cronjob"],
            queries: [
              {
                expression: `max by (namespace, cronjob) (kube_cronjob_status_last_schedule_time{${inNamespaces}}) * 1000`,
                legend: "last run",
              },
              {
                expression: `max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{${inNamespaces}}) * 1000`,
                legend: "last success",
              },
              {
                expression: `max by (namespace, cronjob) (kube_cronjob_next_schedule_time{${inNamespaces}}) * 1000`,
                legend: "next run",
              },
              { expression: `max by (namespace, cronjob) (${lasted})`, legend: "took", unit: "s" },
            ],
          },
          {
            kind: "lines",
            title: "How long runs took",
            description: "A run that takes longer and longer meets the next one some day.",
            unit: "s",
            limits: noLimit,
            width: 24,
            queries: [{ expression: `max by (namespace, cronjob) (${lasted})`, legend: "{{namespace}}/{{cronjob}}" }],
          },
        ],
      },
      { title: "Pods", panels: podPanels(workloads) },
      {
        title: "Data",
        panels: [
          {
            kind: "lines",
            title: "Buckets",
            description: "What goes in and comes out.",
            unit: "bytes",
            limits: noLimit,
            queries: [{ expression: seriesOf("objectStore", "size"), legend: "{{bucket}}" }],
          },
          {
            kind: "lines",
            title: "Objects",
            description: "What goes in and comes out.",
            unit: "short",
            limits: noLimit,
            queries: [{ expression: seriesOf("objectStore", "objects"), legend: "{{bucket}}" }],
          },
        ],
      },
    ],
  };
}
