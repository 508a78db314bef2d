import type { Environment } from "../environment";
import { problem, type Rule } from "./rule";

/**
 * What a sample takes once it is compressed. Prometheus names an average of 1 to 2 bytes (its documentation, Storage, Operational
 * aspects); this is the upper part of it, as the index and series that come and go are in it.
 */
const bytesPerSample = 1.7;

/**
 * Part of the volume that metrics may fill before they are old enough to go. At 85 % Prometheus drops the oldest ones, whatever was
 * promised, and the last hours, which are not compressed yet, need room as well.
 */
const usablePart = 0.8;

const bytesPerGib = 2 ** 30;

/** Metrics are kept as long as the environment says only where the volume has room for them. */
const metricsFit: Rule = {
  reads: ["monitoring", "observability.metrics"],
  check: (environment) => {
    const { retentionDays, storageGib } = environment.observability.metrics;
    const gibPerDay = metricsGibPerDay(environment);
    const mostDays = Math.floor((storageGib * usablePart) / gibPerDay);
    if (!environment.monitoring || retentionDays <= mostDays) return [];
    const neededGib = Math.ceil((retentionDays * gibPerDay) / usablePart);
    return [
      problem(
        environment,
        "observability.metrics.retentionDays",
        retentionDays,
        `at most ${mostDays}, for which the volume of ${storageGib} GiB has room with that many series and that interval`,
        `raise storageGib to ${neededGib}, or keep them for less time`,
      ),
    ];
  },
};

/** What is written in a day, compressed. */
function metricsGibPerDay({ observability: { metrics } }: Environment): number {
  const samplesPerSeries = 86_400 / metrics.intervalSeconds;
  return (metrics.series * samplesPerSeries * bytesPerSample) / bytesPerGib;
}

/** Rules about what an environment tells about itself. */
export const observabilityRules: readonly Rule[] = [metricsFit];
