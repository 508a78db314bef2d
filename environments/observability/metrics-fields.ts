import { z } from "zod";
import { whole } from "../fields";

/** What is kept of metrics. */
export const metricsFields = z.strictObject({
  /** How long metrics are kept. */
  retentionDays: whole(1, 730, "days"),
  /** Volume of each Prometheus. */
  storageGib: whole(1, 10_000, "GiB"),
  /** Time series that are expected: what the retention needs of the volume is reckoned from it. */
  series: whole(1000, 50_000_000, "series"),
  /** How often everything is asked. */
  intervalSeconds: whole(10, 120, "seconds"),
});
