import { refusals } from "../changed";

/** 1 GiB is 1,073,741,824 bytes, of which 80 % may be filled; a series that is asked every 30 seconds takes 4896 bytes a day. */
const small = { retentionDays: 1, storageGib: 1, series: 60_000, intervalSeconds: 30 };

describe("retention of metrics", () => {
  const withMetrics = (changes: object, more: Readonly<Record<string, unknown>> = {}) =>
    refusals("local", { "observability.metrics": { ...small, ...changes }, ...more });

  test("fits the volume up to the last day", () => {
    expect(withMetrics({ retentionDays: 2 })).toEqual([]);
  });

  test("fails when the volume is too small for it", () => {
    expect(withMetrics({ retentionDays: 3 })).toEqual([
      "local.observability.metrics: retentionDays is 3, must be at most 2, for which the volume of 1 GiB has room with that many series " +
        "and that interval; raise storageGib to 2, or keep them for less time",
    ]);
  });

  test("fails when there are more series than the volume has room for, for a single day even", () => {
    expect(withMetrics({ series: 200_000 })).toEqual([expect.stringContaining("retentionDays is 1, must be at most 0,")]);
  });

  test("fails when everything is asked more often", () => {
    expect(withMetrics({ retentionDays: 2, intervalSeconds: 15 })).toEqual([expect.stringContaining("must be at most 1,")]);
  });

  test("names a volume that is big enough", () => {
    const [told = ""] = withMetrics({ retentionDays: 365, series: 123_456 });
    const storageGib = Number(/raise storageGib to (\d+)/.exec(told)?.[1]);
    expect(withMetrics({ retentionDays: 365, series: 123_456, storageGib })).toEqual([]);
    expect(withMetrics({ retentionDays: 365, series: 123_456, storageGib: storageGib - 1 })).toHaveLength(1);
  });

  test("does not matter where nobody watches", () => {
    expect(withMetrics({ retentionDays: 3 }, { monitoring: false })).toEqual([]);
  });

  test("waits while a field is malformed", () => {
    expect(withMetrics({ retentionDays: 3, series: "many" })).toEqual([expect.stringContaining("series is")]);
  });
});

describe("a workspace of Managed Prometheus", () => {
  const workspaceId = "ws-12345678-abcd-1234-abcd-123456789012";

  test("is named by its id", () => {
    expect(refusals("prod", { amp: { workspaceId } })).toEqual([]);
  });

  test.each([workspaceId.replace("abcd", "abc-d").slice(0, -1), workspaceId.slice(0, -1), workspaceId.slice(3), workspaceId.toUpperCase()])(
    "fails when it is %s",
    (id) => {
      expect(refusals("prod", { amp: { workspaceId: id } })).toEqual([
        `prod.amp: workspaceId is "${id}", must be the id of a workspace, ws- and a UUID; look it up with \`aws amp list-workspaces\``,
      ]);
    },
  );

  test("fails on the laptop, which has none", () => {
    expect(refusals("local", { amp: { workspaceId } })).toEqual([expect.stringContaining("amp")]);
  });
});
