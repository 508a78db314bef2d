import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchAlarms, type CloudWatchMetric } from "../../../constructs/monitoring/cloudwatch-alarms";
import type { AlertingRule } from "../../../constructs/monitoring/prometheus-rule";
import { SignalRules } from "../../../constructs/monitoring/signal-rules";
import { seriesOf, signalNames, signalOf, type SignalExpressions } from "../../../constructs/monitoring/signals";
import { watches, type Watch, type Watched } from "../../../constructs/monitoring/watches";
import type { Severity } from "../../../environments/observability/alerting-fields";
import { environments } from "../../../environments/index";
import { dataStackOf } from "../../data-stack";
import { manifest } from "../../released";

const { dev, local } = environments;
const cpu: CloudWatchMetric = { namespace: "AWS/Test", metric: "Cpu", dimensions: {}, statistic: "Maximum" };

/** What goes off, when, and after how long, by watch; for Prometheus also whether it is on the signal of that name. */
type Told = Readonly<Record<string, readonly unknown[]>>;

function toldByCloudWatch(subject: "cache" | "database"): Told {
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

function toldByPrometheus(subject: Watched, severity: Severity): Told {
  const expressions = Object.fromEntries(signalNames(subject).map((signal) => [signal, "1"])) as SignalExpressions<typeof subject>;
  const stack = dataStackOf(local, ({ stack, namespace }) => {
    const common = { environment: local, namespace: namespace("Data", "data"), name: "it", requires: [] };
    new SignalRules(stack, "Rules", { ...common, subject, expressions });
  });
  const { groups } = manifest(stack, "PrometheusRule").spec as { readonly groups: readonly { readonly rules: readonly AlertingRule[] }[] };
  const alerts = groups.flatMap(({ rules }) => rules).filter(({ alert, labels }) => alert && labels.severity === severity);
  return Object.fromEntries(
    alerts.flatMap(({ alert, expr, for: lasting }) => {
      const watch = alert.slice(subject.length).replace(/Critical$/, "");
      const name = watch.charAt(0).toLowerCase() + watch.slice(1);
      const [, series, above] = /^([\w:]+) > ([\d.]+)$/.exec(expr) ?? [];
      return name === "down"
        ? []
        : [[name, [Number(above), Number(lasting.replace("m", "")), series === seriesOf(subject, name as never)]]];
    }),
  );
}

describe.each(Object.keys(watches) as Watched[])("watches of a %s", (subject) => {
  const watched = Object.entries<Watch>(watches[subject]);

  it("are alerts of Prometheus on the signals that they are called like, every one, with its threshold", () => {
    const expected = watched.map(([name, { above, forMinutes }]) => [name, [above, forMinutes, true]]);
    expect(toldByPrometheus(subject, "warning")).toEqual(Object.fromEntries(expected));
  });

  it("wake somebody where they say so, and not before", () => {
    const critical = watched.flatMap(([name, { critical, forMinutes }]) => (critical ? [[name, [critical, forMinutes, true]]] : []));
    expect(toldByPrometheus(subject, "critical")).toEqual(Object.fromEntries(critical));
    for (const [, { above, critical }] of watched) expect(critical ?? Infinity).toBeGreaterThan(above);
  });

  it("leave a margin to what they warn of", () => {
    for (const [, { above, critical = above, forMinutes, unit }] of watched) {
      expect(above).toBeGreaterThan(0);
      if (unit === "percent") expect(critical).toBeLessThan(100);
      if (unit === "ratio") expect(critical).toBeLessThan(1);
      expect(Number.isInteger(forMinutes) && forMinutes > 0).toBe(true);
    }
  });

  it("speak of their signals in the same words", () => {
    for (const [name, { summary, unit }] of watched) expect(signalOf(subject, name as never)).toMatchObject({ summary, unit });
  });
});

describe.each(["cache", "database"] as const)("watches of a %s on AWS", (subject) => {
  it("are alarms of CloudWatch, every one, with its threshold", () => {
    const expected = Object.entries<Watch>(watches[subject]).map(([name, { above, forMinutes }]) => [name, [above, forMinutes]]);
    expect(toldByCloudWatch(subject)).toEqual(Object.fromEntries(expected));
  });
});

describe("docs/capabilities/alarms.md", () => {
  it("has the list as it is", () => {
    const page = readFileSync(join(__dirname, "../../../docs/capabilities/alarms.md"), "utf8");
    const rows = page
      .split("\n")
      .flatMap((line) => (/^\| (database|cache|gateway) +\| `/.test(line) ? [line.split("|").map((cell) => cell.trim())] : []));
    const expected = Object.entries(watches).flatMap(([subject, watched]) =>
      Object.entries<Watch>(watched).map(([name, { summary, unit, above, critical, forMinutes }]) => [
        subject,
        `\`${name}\``,
        summary,
        `${above} ${unit}`,
        critical === undefined ? "" : `${critical} ${unit}`,
        `${forMinutes} minutes`,
      ]),
    );
    expect(rows.map((row) => row.slice(1, -1))).toEqual(expected);
  });
});
