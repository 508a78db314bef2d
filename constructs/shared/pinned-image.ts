/** Name and tag, and a digest where somebody wants to be sure. */
const pinned = /^[^@]+:(?!latest(@|$))\w[\w.-]*(@sha256:[0-9a-f]{64})?$/;

/** What an image has to be that is not pinned by a tag; undefined for one that is. */
export function imageLimit(image: string): string | undefined {
  return pinned.test(image) ? undefined : "an image with a tag that names a version";
}
