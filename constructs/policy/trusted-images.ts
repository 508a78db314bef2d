import { podPolicy } from "./pod-policy";
import type { Judged } from "./policy-scope";
import type { ValidatingPolicy } from "./validating-policy";

/**
 * Images from registries that are trusted.
 * @param sources beginnings of images, each with a slash at its end
 */
export function trustedImages(judged: Judged, sources: readonly string[]): ValidatingPolicy {
  const list = sources.map((source) => `'${source}'`).join(", ");
  return podPolicy("trusted-images", judged, [
    {
      expression: `variables.images.all(image, [${list}].exists(source, image.startsWith(source)))`,
      message: `every image must be of ${sources.join(" ")}, with the registry written out, as in docker.io/library/nginx:1.29`,
    },
  ]);
}
