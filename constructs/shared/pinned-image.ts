/** Name and tag, and a digest where somebody wants to be sure. */
const pinned = /^[^@]+:(?!latest(@|$))\w[\w.-]*(@sha256:[0-9a-f]{64})?$/;

/** A digest alone, which is how pipelines name what they have built. A colon before the last part of the path is a port. */
const built = /^([^@]*\/)?[^/:@]+@sha256:[0-9a-f]{64}$/;

/** Whether an image is named by its digest alone. */
export function isDigestAlone(image: string): boolean {
  return built.test(image);
}

/** What an image has to be that is not pinned by a tag; undefined for one that is. */
export function imageLimit(image: string): string | undefined {
  return pinned.test(image) ? undefined : "an image with a tag that names a version";
}
