import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { logAlerts } from "../../constructs/logs/log-alerts";
import { runbookFile } from "../../constructs/monitoring/alert";
import { severities } from "../../environments/observability/alerting-fields";
import { runbooks } from "../../environments/runbooks";
import { committedCases } from "./committed-cases";
import { alertsOf, committedRules } from "./committed-rules";

jest.setTimeout(120_000); // all environments are synthesized where no other test has done it yet

const folder = join(__dirname, "../../docs/runbooks/alerts");
const alerts = alertsOf(committedRules());
const names = [...new Set(alerts.map(({ alert }) => alert))].sort();
const files = readdirSync(folder).sort();

describe("alerts of the committed environments", () => {
  it("say how bad it is, whose they are, and what is wrong", () => {
    expect(names.length).toBeGreaterThan(40);
    for (const { alert, annotations, labels } of alerts) {
      expect(severities).toContain(labels.severity);
      expect([alert, labels.owner]).toEqual([alert, expect.stringMatching(/^[a-z0-9-]+$/)]);
      expect([alert, annotations.summary.trim(), annotations.description.trim()]).not.toContain("");
    }
  });

  it("have a case each, and every case an alert", () => {
    const cases = committedCases();
    expect(cases.map(({ alert }) => alert).sort()).toEqual(names);
  });

  it("name labels that they have", () => {
    const cases = new Map(committedCases().map(({ alert, found }) => [alert, found]));
    const unknown = alerts.flatMap(({ alert, annotations: { description, summary }, labels }) => {
      const known = Object.keys({ ...labels, ...cases.get(alert)?.fires.labels });
      const named = [...`${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label);
      return named.filter((label) => !known.includes(label)).map((label) => `${alert}: ${label}`);
    });
    expect([...new Set(unknown)]).toEqual([]);
  });

  it("are quiet about something: a case without series would be quiet whatever the alert asks for", () => {
    expect(committedCases().filter(({ found }) => Object.keys(found.quiet.series).length === 0)).toEqual([]);
  });
});

describe("docs/runbooks/alerts", () => {
  const linked = alerts.map(({ annotations }) => annotations.runbook_url);

  it("has a runbook for every alert, those of Loki as well, and no other", () => {
    const ours = linked.filter((url) => url.startsWith(`${runbooks}/`)).map((url) => url.slice(runbooks.length + 1));
    const ofLogs = logAlerts.map(({ name }) => runbookFile(name));
    expect([...new Set([...ours, ...ofLogs])].sort()).toEqual(files);
    expect(linked.filter((url) => !url.startsWith("https://"))).toEqual([]);
  });

  it("calls them as their alerts", () => {
    const otherwise = alerts.filter(({ alert, annotations: { runbook_url: url } }) =>
      url.startsWith(`${runbooks}/`) ? url !== `${runbooks}/${runbookFile(alert)}` : false,
    );
    expect(otherwise.map(({ alert }) => alert)).toEqual([]);
  });

  it.each(files)("says in %s what is seen, what it means, what to look at and what to do", (file) => {
    const page = readFileSync(join(folder, file), "utf8");
    const withoutCommands = page.replace(/^```sh\n[^]*?^```$/gm, "commands, if they were a sentence");
    expect(withoutCommands.match(/^#.*$/gm)).toEqual([
      expect.stringMatching(/^# \w+$/),
      "## Symptom",
      "## Meaning",
      "## Checks",
      "## Mitigation",
    ]);
    expect(runbookFile((/^# (\w+)$/m.exec(page) ?? ["", ""])[1] ?? "")).toBe(file);
    const [, checks = ""] = /^## Checks\n([^]*?)^## Mitigation$/m.exec(page) ?? [];
    expect(checks).toMatch(/^```sh\n[^]+?\n```$/m);
    for (const part of withoutCommands.split(/^#.*$/m).slice(2)) expect(part.trim().length).toBeGreaterThan(20);
  });
});
