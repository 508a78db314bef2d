import { telemetryBuckets } from "../../../constructs/observability/telemetry-buckets";
import { telemetryBucketNames } from "../../../constructs/shared/naming";
import { environments } from "../../../environments/index";
import { ownBuckets } from "../../../environments/rules/bucket-name-rules";

const { dev } = environments;
const observability = {
  ...dev.observability,
  logs: { retentionDays: 7, streams: {}, mibPerDay: 1 },
  traces: { ...dev.observability.traces, retentionDays: 3 },
};

describe("buckets of telemetry", () => {
  it("are of logs and traces, and delete by themselves what should have been deleted a week ago", () => {
    expect(telemetryBuckets({ ...dev, observability })).toEqual([
      { name: "telemetry-logs", keepVersionsDays: 1, expireAfterDays: 14 },
      { name: "telemetry-traces", keepVersionsDays: 1, expireAfterDays: 10 },
    ]);
  });

  it("keep logs for as long as the stream that is kept longest", () => {
    const streams = {
      audit: { selector: '{namespace="kyverno"}', retentionDays: 90 },
      noise: { selector: '{tier="platform"}', retentionDays: 1 },
    };
    const [logs] = telemetryBuckets({ ...dev, observability: { ...observability, logs: { ...observability.logs, streams } } });
    expect(logs?.expireAfterDays).toBe(97);
  });

  it("are of profiles where they are collected", () => {
    const [, , profiles] = telemetryBuckets({ ...dev, observability: { ...observability, profiles: { retentionDays: 5 } } });
    expect(profiles).toEqual({ name: "telemetry-profiles", keepVersionsDays: 1, expireAfterDays: 12 });
  });

  it("have names that no other bucket may have", () => {
    for (const name of Object.values(telemetryBucketNames)) expect(ownBuckets).toContain(name);
  });
});
