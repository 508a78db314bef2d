import { z } from "zod";
import { kubernetesName, text, whole } from "../fields";

/** What is kept of logs. */
export const logsFields = z.strictObject({
  /** How long lines are kept whose stream is not named below. */
  retentionDays: whole(1, 3650, "days"),
  /** Streams that are kept for another time, by name. */
  streams: z.record(
    kubernetesName(30),
    z.strictObject({
      /** Selector of LogQL, e.g. `{namespace="search"}`. */
      selector: text(300),
      retentionDays: whole(1, 3650, "days"),
    }),
  ),
  /** Compressed logs that are expected in a day: what the retention needs of the object store is reckoned from it. */
  mibPerDay: whole(1, 10_000_000, "MiB"),
});
