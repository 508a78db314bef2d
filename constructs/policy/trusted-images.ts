import { podPolicy } from "./pod-policy";
import type { Judged } from "./policy-scope";
import type { ValidatingPolicy } from "./validating-policy";

/**
 * Images from registries that are trusted.
 * @param sources beginnings of images, each with a slash at its end
 * @param images images that are trusted wherever they are from, with their tags
 */
export function trustedImages(judged: Judged, sources: readonly string[], images: readonly string[] = []): ValidatingPolicy {
  const listed = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(", ");
  const known = images.length > 0 ? `image in [${listed(images)}] || ` : "";
  return podPolicy("trusted-images", judged, [
    {
      expression: `variables.images.all(image, ${known}[${listed(sources)}].exists(source, image.startsWith(source)))`,
      message: `every image must be of ${sources.join(" ")}, with the registry written out, as in docker.io/library/nginx:1.29`,
    },
  ]);
}
