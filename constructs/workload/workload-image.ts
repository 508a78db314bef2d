import type { WorkloadIntent } from "../../applications/application";
import type { WorkloadPlace } from "../../applications/connections";
import type { WorkloadSetting } from "./workload-setting";

type Image = WorkloadIntent["image"];

/** The image of a workload, in the version that the environment gives it, if it gives one. */
export function imageOf(setting: WorkloadSetting, { application, workload }: WorkloadPlace, image: Image): string {
  return imageNamed(setting, image, setting.setting.environment.versions[`${application}/${workload}`]);
}

/**
 * An image as pods name it: in the environment's registry and its version, or somebody else's as it is written.
 * @param version goes before the declared one, where the image is the environment's own
 */
export function imageNamed({ registry }: WorkloadSetting, image: Image, version?: string): string {
  if ("reference" in image) return image.reference;
  const chosen = version ?? image.version;
  return `${registry.imageName(image.repository)}${chosen.startsWith("sha256:") ? "@" : ":"}${chosen}`;
}
