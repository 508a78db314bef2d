import { z } from "zod";
import { alertingFields } from "./observability/alerting-fields";
import { logsFields } from "./observability/logs-fields";
import { metricsFields } from "./observability/metrics-fields";
import { profilesFields, tracesFields } from "./observability/traces-fields";

/** What is kept of what the environment tells about itself, and who is told. It counts where `monitoring` is on. */
export const observabilityFields = {
  metrics: metricsFields,
  logs: logsFields,
  traces: tracesFields,
  /** Where the time of programs goes, by line of code. @default not collected */
  profiles: profilesFields.optional(),
  alerting: alertingFields,
};

/** Strict schema of observability. */
export const observabilitySchema = z.strictObject(observabilityFields);
