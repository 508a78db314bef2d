import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { platformRules } from "../../constructs/alerts/platform-rules";
import { environmentNames } from "../../environments/environment";
import { describeWith } from "../installed-tool";
import { committedCases } from "./committed-cases";
import { alertsOf, committedRules, recordingsOf, type CommittedRules } from "./committed-rules";
import { checkRules, testRules } from "./promtool";
import { platformRecordings } from "./platform-recordings";
import { recordingTest, ruleTest, type RuleTest } from "./rule-test";

jest.setTimeout(120_000); // all environments are synthesized where no other test has done it yet

describeWith(["promtool"], "rules of Prometheus", () => {
  const objects = committedRules();
  const alerts = distinctTests(objects);
  const recordings = platformRules.flatMap(({ recordings: found = [] }) => found.map(({ expression: expr, record }) => ({ expr, record })));
  const series = Object.entries(platformRecordings).map(([name, found]) => recordingTest(name, recordings, found));
  const told = inFolder((work) => ({ checked: checkRules(work, objects), tested: testRules(work, [...alerts, ...series]) }));

  it("are taken from every file, without complaint", () => {
    expect(objects.length).toBeGreaterThan(environmentNames.length);
    expect(told.checked).toBe("");
  });

  it("have a case for everything that is recorded of the platform", () => {
    expect(Object.keys(platformRecordings).sort()).toEqual(recordings.map(({ record }) => record).sort());
  });

  it.each(series.map(({ name }) => [name]))("reckon %s", (name) => {
    expect(told.tested.get(name)).toBe("");
  });

  it.each(alerts.map(({ name }) => [name]))("make %s fire, and keep quiet", (name) => {
    expect(told.tested.get(name)).toBe("");
  });
});

/** A test for each alert that has a case; what is the same in several environments is tested once. */
function distinctTests(objects: readonly CommittedRules[]): readonly RuleTest[] {
  const cases = new Map(committedCases().map(({ alert, found }) => [alert, found]));
  const tests = [...new Set(objects.map(({ environment }) => environment))].flatMap((environment) => {
    const own = objects.filter((object) => object.environment === environment);
    const alerts = alertsOf(own);
    const recordings = recordingsOf(own);
    return [...new Set(alerts.map(({ alert }) => alert))].flatMap((name) => {
      const found = cases.get(name);
      const named = alerts.filter(({ alert }) => alert === name);
      return found === undefined ? [] : [ruleTest(name, named, recordings, found)];
    });
  });
  return [...new Map(tests.map((test) => [test.name, test])).values()];
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-rules-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
