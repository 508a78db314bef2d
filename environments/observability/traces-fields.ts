import { z } from "zod";
import { whole } from "../fields";

/** What is kept of traces. */
export const tracesFields = z.strictObject({
  retentionDays: whole(1, 365, "days"),
  /** Share of the requests whose traces are kept; those with errors, and slow ones, are kept whatever it is. */
  samplePercent: whole(1, 100, "%"),
  /** Compressed traces that are expected in a day, after sampling. */
  mibPerDay: whole(1, 10_000_000, "MiB"),
});

/** What is kept of profiles. */
export const profilesFields = z.strictObject({
  retentionDays: whole(1, 365, "days"),
});
