import { z } from "zod";
import { labelsOf } from "../constructs/workload/workload-labels";
import type { StackFiles } from "./release";
import type { Arguments, TerraformJson } from "./terraform-json";

const configuration = "cdk.tf.json";

const { "evenkeel/role": role } = labelsOf({ application: "", workload: "" }, "migration");

/** A job that is a migration, by the label of its pods. */
const migration = z.object({
  spec: z.object({ template: z.object({ metadata: z.object({ labels: z.object({ "evenkeel/role": z.literal(role) }) }) }) }),
});

/**
 * Files of a release with its migrations left as they stand. A job is called by what it does: one of an older release would run again, and
 * tools for migrations refuse data that is newer than they are.
 */
export function withoutMigrating(files: StackFiles): StackFiles {
  const { resource = {}, ...rest } = JSON.parse(files[configuration] ?? "{}") as Partial<TerraformJson>;
  const { kubernetes_job_v1: jobs } = resource;
  if (jobs === undefined) return files;
  const left = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, asItStands(job)]));
  return { ...files, [configuration]: JSON.stringify({ ...rest, resource: { ...resource, kubernetes_job_v1: left } }) };
}

function asItStands(job: Arguments): Arguments {
  return migration.safeParse(job).success ? { ...job, lifecycle: { ignore_changes: "all" } } : job;
}
