import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchAlarms, type CloudWatchMetric } from "../../../constructs/monitoring/cloudwatch-alarms";
import type { AlertingRule } from "../../../constructs/monitoring/prometheus-rule";
import { PrometheusRules } from "../../../constructs/monitoring/prometheus-rules";
import { watches, type Watch, type Watched } from "../../../constructs/monitoring/watches";
import { environments } from "../../../environments/index";
import { dataStackOf } from "../../data-stack";
import { manifest } from "../../released";

const { dev, local } = environments;
const cpu: CloudWatchMetric = { namespace: "AWS/Test", metric: "Cpu", dimensions: {}, statistic: "Maximum" };

/** What goes off, when, and after how long, by watch. */
type Told = Readonly<Record<string, readonly [above: number, forMinutes: number]>>;

function toldByCloudWatch(subject: Watched): Told {
  const metrics = { cpu, memory: cpu, storage: cpu, evictions: cpu, connections: cpu, replicationLag: cpu, backupAge: cpu };
  const alarms = dataStackOf(dev, ({ stack }) => {
    new CloudWatchAlarms(stack, "Alarms", { environment: dev, subject, name: "ml-platform-dev-it", metrics });
  }).all("aws_cloudwatch_metric_alarm");
  return Object.fromEntries(
    alarms.map((alarm) => {
      expect(alarm.comparison_operator).toBe("GreaterThanThreshold");
      const minutes = (Number(alarm.evaluation_periods) * Number(alarm.period)) / 60;
      return [String(alarm.alarm_name).split("-").at(-1) ?? "", [Number(alarm.threshold), minutes]];
    }),
  );
}

function toldByPrometheus(subject: Watched): Told {
  const expressions = { cpu: "1", memory: "1", storage: "1", evictions: "1", connections: "1", replicationLag: "1", backupAge: "1" };
  const stack = dataStackOf(local, ({ stack, namespace }) => {
    new PrometheusRules(stack, "Rules", { namespace: namespace("Data", "data"), subject, name: "it", expressions, requires: [] });
  });
  const { groups } = manifest(stack, "PrometheusRule").spec as { readonly groups: readonly { readonly rules: readonly AlertingRule[] }[] };
  return Object.fromEntries(
    groups.flatMap(({ rules }) =>
      rules.map((rule) => {
        const watch = rule.alert.slice(subject.length);
        const [, above] = /^\(1\) > (\d+)$/.exec(rule.expr) ?? [];
        return [watch.charAt(0).toLowerCase() + watch.slice(1), [Number(above), Number(rule.for.replace("m", ""))]] as const;
      }),
    ),
  );
}

describe.each(Object.keys(watches) as Watched[])("watches of a %s", (subject) => {
  const expected: Told = Object.fromEntries(
    Object.entries<Watch>(watches[subject]).map(([name, { above, forMinutes }]) => [name, [above, forMinutes]]),
  );

  it("are alarms of CloudWatch, every one, with its threshold", () => {
    expect(toldByCloudWatch(subject)).toEqual(expected);
  });

  it("are alerts of Prometheus, every one, with its threshold", () => {
    expect(toldByPrometheus(subject)).toEqual(expected);
  });

  it("leave a margin to what they warn of", () => {
    for (const { unit, above, forMinutes } of Object.values<Watch>(watches[subject])) {
      expect(above).toBeGreaterThan(0);
      if (unit === "percent") expect(above).toBeLessThan(100);
      expect(Number.isInteger(forMinutes) && forMinutes > 0).toBe(true);
    }
  });
});

describe("docs/capabilities/alarms.md", () => {
  it("has the list as it is", () => {
    const page = readFileSync(join(__dirname, "../../../docs/capabilities/alarms.md"), "utf8");
    const rows = page
      .split("\n")
      .flatMap((line) => (/^\| (database|cache) /.test(line) ? [line.split("|").map((cell) => cell.trim())] : []));
    const expected = Object.entries(watches).flatMap(([subject, watched]) =>
      Object.entries<Watch>(watched).map(([name, { summary, unit, above, forMinutes }]) => [
        subject,
        `\`${name}\``,
        summary,
        `${above} ${unit}`,
        `${forMinutes} minutes`,
      ]),
    );
    expect(rows.map((row) => row.slice(1, -1))).toEqual(expected);
  });
});
