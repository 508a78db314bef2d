import { podPolicy } from "./pod-policy";
import type { Judged } from "./policy-scope";
import type { ValidatingPolicy } from "./validating-policy";

/** A tag or a digest, or both, behind the last part of the path: a colon before that is a port. */
const pinned = "^([^@]*/)?[^/:@]+(:[^/:@]+(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$";

/** Images that are the same tomorrow. A digest beside `latest` would pin, too, but whoever reads `latest` is misled. */
export function pinnedImages(judged: Judged): ValidatingPolicy {
  return podPolicy("pinned-images", judged, [
    {
      expression: `variables.images.all(image, image.matches('${pinned}'))`,
      message: "every image must have a tag or a digest",
    },
    {
      expression: "variables.images.all(image, !image.matches(':latest(@.*)?$'))",
      message: "no image may have the tag latest: name a version",
    },
  ]);
}
