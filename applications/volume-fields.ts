import { z } from "zod";
import { kubernetesName, must, pattern, text, whole } from "../environments/fields";

/** What is mounted into containers beside the image, and where. */
export const volume = z.strictObject({
  /** Unique in the workload. */
  name: kubernetesName(20),
  mountPath: pattern(
    200,
    /^(\/(?!\.{1,2}(\/|$))[\w.-]+)+$/,
    "an absolute path below / such as /var/cache/search",
    "begin it with a slash, and end it without one",
  ),
  content: z.discriminatedUnion(
    "kind",
    [
      z.strictObject({
        /** Empty for each pod, and gone with it. */
        kind: z.literal("scratch"),
        mib: whole(1, 1_000_000, "MiB"),
      }),
      z.strictObject({
        /** Text files, by their names. */
        kind: z.literal("files"),
        files: z.record(
          fileName(),
          z.string(must("text", "write it in quotes")).max(500_000, must("at most 500000 characters", "shorten it")),
        ),
      }),
      z.strictObject({
        /** A secret of the application, as a file of this name. */
        kind: z.literal("secret"),
        secret: text(30),
        file: fileName(),
      }),
      z.strictObject({
        /** A volume of its own for each pod, which outlives it. Only of a stateful set. */
        kind: z.literal("persistent"),
        gib: whole(1, 65_536, "GiB"),
      }),
    ],
    must("scratch, files, secret or persistent", "say what is in it"),
  ),
});

/** Key of a ConfigMap or a Secret, which is a file in a folder and no path. */
function fileName() {
  return pattern(
    253,
    /^(?!\.\.)(?!\.$)[A-Za-z0-9._-]+$/,
    "a file name of letters, digits and . _ -",
    "leave out folders: mountPath says where it is",
  );
}
