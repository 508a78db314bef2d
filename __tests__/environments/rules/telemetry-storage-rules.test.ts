import { refusals } from "../changed";

describe("streams of logs", () => {
  const told = (...selectors: readonly string[]) =>
    refusals("dev", {
      "observability.logs.streams": Object.fromEntries(selectors.map((selector, index) => [`s${index}`, { selector, retentionDays: 2 }])),
    });

  it("are told apart by the labels that lines have", () => {
    expect(told('{namespace="search"}', '{tier="application", workload!~"a.*", environment="dev", container="web"}')).toEqual([]);
  });

  it.each([
    ['{namespace="search"', 'it does not parse at "its end"'],
    ['{namespace="search"} |= "x"', "it is more than a selector"],
    ['{namespace=~".*"}', "it fits every stream"],
  ])("fails when it selects none: %s", (selector, fix) => {
    expect(told('{namespace="search"}', selector)).toEqual([
      `dev.observability.logs.streams.s1: selector is ${JSON.stringify(selector)}, must be a selector of LogQL such as {namespace="search"}; ${fix}`,
    ]);
  });

  it("fails when one asks for a label that no line has", () => {
    expect(told('{name_space="search"}', '{namespace="search", pod="a"}')).toEqual([
      'dev.observability.logs.streams.s0: selector is "{name_space=\\"search\\"}", must be made of the labels namespace, container, workload, ' +
        "tier, environment, not of name_space; did you mean namespace?",
      expect.stringMatching(/not of pod; no stream has another$/),
    ]);
  });

  it("fails when one is kept for less than the day that Loki asks for", () => {
    expect(refusals("dev", { "observability.logs.streams": { noise: { selector: '{container="proxy"}', retentionDays: 0 } } })).toEqual([
      expect.stringMatching(/^dev\.observability\.logs\.streams\.noise: retentionDays is 0, must be /),
    ]);
  });
});

describe("the object store of a laptop", () => {
  const logs = { retentionDays: 2, streams: {}, mibPerDay: 400 };
  const traces = { retentionDays: 2, samplePercent: 100, mibPerDay: 112 };
  const told = (changes: Readonly<Record<string, unknown>> = {}) =>
    refusals("local", { "observability.logs": logs, "observability.traces": traces, "stateStore.storageGib": 4, ...changes });

  it("may be half full of logs and traces, and of what was deleted in the last two days", () => {
    expect(told()).toEqual([]); // 4 days of 512 MiB
  });

  it("fails when more is written than there is room for", () => {
    expect(told({ "observability.logs": { ...logs, mibPerDay: 401 } })).toEqual([
      "local.stateStore: storageGib is 4, must be at least 5 (GiB): logs of 2 days and traces of 2 take 2052 MiB, and may fill half of it; " +
        "raise it, or keep them for less time",
    ]);
    expect(told({ "observability.traces": { ...traces, mibPerDay: 113 } })).toHaveLength(1);
  });

  it("fails when it is kept for longer, and be it one stream", () => {
    expect(told({ "observability.traces": { ...traces, retentionDays: 3 } })).toHaveLength(1);
    const streams = { audit: { selector: '{namespace="kyverno"}', retentionDays: 7 } };
    expect(told({ "observability.logs": { ...logs, streams } })).toEqual([
      expect.stringContaining("logs of 7 days and traces of 2 take 4048 MiB"),
    ]);
  });

  it("names room that is enough", () => {
    const changed = { "observability.logs": { ...logs, retentionDays: 100 } };
    const needed = Number(/at least (\d+)/.exec(told(changed)[0] ?? "")?.[1]);
    expect(told({ ...changed, "stateStore.storageGib": needed })).toEqual([]);
    expect(told({ ...changed, "stateStore.storageGib": needed - 1 })).toHaveLength(1);
  });

  it("does not matter where nobody watches", () => {
    expect(told({ "observability.logs": { ...logs, mibPerDay: 100_000 }, monitoring: false })).toEqual([]);
  });
});
