import type { WorkloadIntent } from "../../applications/application";
import type { WorkloadPlace } from "../../applications/connections";
import type { WorkloadSetting } from "./workload-setting";

/** The image of a workload, as pods name it: in the environment's registry and its version, or somebody else's as it is written. */
export function imageOf(
  { registry, setting }: WorkloadSetting,
  { application, workload }: WorkloadPlace,
  image: WorkloadIntent["image"],
): string {
  if ("reference" in image) return image.reference;
  const version = setting.environment.versions[`${application}/${workload}`] ?? image.version;
  const separator = version.startsWith("sha256:") ? "@" : ":";
  return `${registry.imageName(image.repository)}${separator}${version}`;
}
