import { readFileSync } from "node:fs";
import { join } from "node:path";
import { platformRules } from "../../constructs/alerts/platform-rules";
import { runbookFile } from "../../constructs/monitoring/alert";

describe("docs/capabilities/alerts.md", () => {
  const page = readFileSync(join(__dirname, "../../docs/capabilities/alerts.md"), "utf8");
  const rows = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));

  it("has every alert of the platform, as it is", () => {
    const told = rows.flatMap(([, area, alert = "", severity, lasting, when]) =>
      alert.startsWith("[`") && when ? [[area, alert, severity, lasting]] : [],
    );
    const expected = platformRules.flatMap(({ alerts = [], name: area }) =>
      alerts.map(({ forMinutes, name, severity }) => [
        area,
        `[\`${name}\`](../runbooks/alerts/${runbookFile(name)})`,
        severity,
        forMinutes === 0 ? "at once" : `${forMinutes} minutes`,
      ]),
    );
    expect(told).toEqual(expected);
  });

  it("has every series that is recorded of the platform", () => {
    const section = page.slice(page.indexOf("## Recorded series"), page.indexOf("## Another alert"));
    const told = [...section.matchAll(/`(\w+(?::\w+)+)`/g)].map(([, series]) => series);
    const expected = platformRules.flatMap(({ recordings = [] }) => recordings.map(({ record }) => record));
    expect(told.sort()).toEqual(expected.sort());
  });
});
