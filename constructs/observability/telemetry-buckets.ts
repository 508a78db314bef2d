import type { Environment } from "../../environments/environment";
import type { BucketIntent } from "../object-store/object-store";
import { telemetryBucketNames } from "../shared/naming";

/** What Loki, Tempo and Pyroscope are late with deletes the bucket itself, after this many days more. */
const graceDays = 7;

/** Buckets of what the environment tells about itself. Those who write delete what is too old; versions are kept against nothing but a slip. */
export function telemetryBuckets({ observability }: Environment): readonly BucketIntent[] {
  const { logs, traces, profiles } = observability;
  const longestLogs = Math.max(logs.retentionDays, ...Object.values(logs.streams).map(({ retentionDays }) => retentionDays));
  return [
    bucket(telemetryBucketNames.logs, longestLogs),
    bucket(telemetryBucketNames.traces, traces.retentionDays),
    ...(profiles ? [bucket(telemetryBucketNames.profiles, profiles.retentionDays)] : []),
  ];
}

function bucket(name: string, retentionDays: number): BucketIntent {
  return { name, keepVersionsDays: 1, expireAfterDays: retentionDays + graceDays };
}
