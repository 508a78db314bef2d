import { z } from "zod";
import { kubernetesName, must, oneOf, pattern, text, whole } from "../environments/fields";
import { severities } from "../environments/observability/alerting-fields";

/**
 * Upper bounds of buckets of `http_server_request_duration_seconds`, in milliseconds (OpenTelemetry, semantic conventions for HTTP metrics): a
 * latency between two of them cannot be told from either.
 */
export const latencyBounds = [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000] as const;

/** Programs that are instrumented from outside, by what they run on; or by the SDK of OpenTelemetry that they bring. */
export const instrumentations = ["java", "nodejs", "python", "dotnet", "sdk"] as const;

const target = z
  .number(must("a number between 0 and 100 (%), both excluded", "write 99.9 for three nines"))
  .gt(0, must("a number between 0 and 100 (%), both excluded", "an objective of 0 is none"))
  .lt(100, must("a number between 0 and 100 (%), both excluded", "what may never fail has no budget for a change"));

const windowDays = whole(1, 90, "days");

/** What users may expect of a workload. */
const objective = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      /** Share of what is asked that is answered. */
      kind: z.literal("availability"),
      /** `requests`: those that do not end with a status of 500 or more. `probes`: those of the platform, of every route. */
      of: oneOf(["requests", "probes"]),
      target,
      /** Days over which the budget is spent. No environment may keep metrics for less. */
      windowDays,
    }),
    z.strictObject({
      /** Share of the requests that are answered in time. */
      kind: z.literal("latency"),
      belowMilliseconds: z.literal(
        [...latencyBounds],
        must(`one of ${latencyBounds.join(", ")} (milliseconds)`, "choose a bound of the histogram's buckets"),
      ),
      target,
      windowDays,
    }),
  ],
  must("availability or latency", "say what it is about"),
);

/** Something of the business that a workload counts. */
const measure = z.strictObject({
  kind: oneOf(["counter", "gauge"]),
  /** What is counted, in words: the title of its panel. */
  summary: text(80),
  /** What one of them is, e.g. `models`. */
  unit: text(30),
});

/** What a workload that runs all the time tells about itself. */
export const telemetryFields = {
  /** Where Prometheus asks it. Requests are told as `http_server_request_duration_seconds`. @default it is not asked */
  metrics: z
    .strictObject({
      /** Name of the port. */
      port: text(63),
      /** @default /metrics */
      path: pattern(200, /^\/[\w./~-]*$/, "a path such as /metrics", "begin it with a slash").optional(),
    })
    .optional(),
  /** What of the business it counts, by the name of the metric, e.g. `models_trained_total`. @default nothing */
  measures: z
    .record(pattern(100, /^[a-z][a-z0-9_]*$/, "a metric of lower-case letters, digits and _, a letter first", "rename it"), measure)
    .optional(),
  /** What its users may expect. @default nothing */
  objectives: z.array(objective).optional(),
  /** Who makes traces of its requests. @default nobody */
  instrumentation: oneOf(instrumentations).optional(),
  /** Where profiles are fetched in Go's format (pprof), by environments that collect them. @default nowhere */
  profiles: z
    .strictObject({
      /** Name of the port. */
      port: text(63),
    })
    .optional(),
};

/** An alert of an application, beside those that every workload has. */
export const applicationAlert = z.strictObject({
  /** PromQL; every series that it yields is an alert. */
  expression: text(2000),
  /** How long it has to last. */
  forMinutes: whole(0, 1440, "minutes"),
  severity: oneOf(severities),
  /** One line. */
  summary: text(200),
  /** What it means. */
  description: text(1000),
  /** Where it says what to do: an address, or a file of `docs/runbooks/alerts`. */
  runbook: pattern(
    300,
    /^(https:\/\/[\w./~-]+|[a-z0-9-]+\.md)$/,
    "an address that begins with https://, or a file of docs/runbooks/alerts",
    "write one",
  ),
});

/** Name of an alert. */
export function alertName() {
  return pattern(80, /^([A-Z][a-z0-9]*)+$/, "a name in PascalCase", "rename it");
}

/** Team that answers for an application. */
export function owner() {
  return kubernetesName(40);
}
