import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import { SignalRules } from "../../../constructs/monitoring/signal-rules";
import type { PrometheusRule, RecordingRule } from "../../../constructs/monitoring/prometheus-rule";
import { runbooks } from "../../../environments/runbooks";
import { environments } from "../../../environments/index";
import { dataStackOf } from "../../data-stack";
import { manifest, release } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local } = environments;

const expressions = {
  up: "u",
  cpu: "a + b",
  memory: "m",
  evictions: "e",
  connections: "c",
  replicationLag: undefined,
  keys: "k",
  commands: undefined,
  hits: "h",
};

function rulesOf(name: string) {
  return dataStackOf(local, ({ stack, setting, namespace }) => {
    const crds = new PrometheusOperatorCrds(stack, "Crds", { setting });
    const common = { environment: local, namespace: namespace("Cache", "cache"), requires: [crds] };
    new SignalRules(stack, "Rules", { ...common, subject: "cache", name, expressions });
  });
}

function groupsOf(stack: SynthesizedStack) {
  return (manifest(stack, "PrometheusRule").spec as unknown as PrometheusRule["spec"]).groups;
}

function recordingsOf(stack: SynthesizedStack): readonly RecordingRule[] {
  return groupsOf(stack).flatMap((group) => group.rules.filter((rule) => "record" in rule));
}

describe("SignalRules", () => {
  const stack = rulesOf("sessions");
  const rule = manifest(stack, "PrometheusRule");
  const groups = groupsOf(stack);
  const alerts = groups.flatMap((group) => group.rules.filter((found) => "alert" in found));

  it("is one object beside what is watched, in a release after its type", () => {
    expect(rule).toMatchObject({ apiVersion: "monitoring.coreos.com/v1", metadata: { name: "sessions-rules", namespace: "cache" } });
    expect(release(stack, "sessions-rules").depends_on).toContain(stack.address("helm_release", "Crds"));
    expect(groups.map(({ name }) => name)).toEqual(["sessions-rules"]);
  });

  it("records every signal that exists, under its name, and says of what it is", () => {
    expect(recordingsOf(stack)).toEqual(
      [
        ["cache:up:count", "u"],
        ["cache:cpu:percent", "a + b"],
        ["cache:memory:percent", "m"],
        ["cache:evictions:per_minute", "e"],
        ["cache:connections:percent", "c"],
        ["cache:keys:count", "k"],
        ["cache:hits:ratio", "h"],
      ].map(([record, expr]) => ({ record, expr, labels: { cache: "sessions" } })),
    );
  });

  it("names no subject where an environment has one only", () => {
    const signals = { requests: "r", connections: "c", errors: undefined, latency: undefined };
    const gateway = dataStackOf(local, ({ stack: scope }) => {
      const common = { environment: local, namespace: "gateway", requires: [] };
      new SignalRules(scope, "Rules", { ...common, subject: "gateway", name: "gateway", expressions: signals });
    });
    expect(recordingsOf(gateway)).toEqual([
      { record: "gateway:requests:per_second", expr: "r" },
      { record: "gateway:connections:count", expr: "c" },
    ]);
    expect(JSON.stringify(manifest(gateway, "PrometheusRule"))).not.toContain('"gateway":"gateway"');
  });

  it("has an alert for each watch, also where the signal does not exist, and for silence", () => {
    expect(alerts.map(({ alert, expr, labels }) => [alert, expr, labels.severity])).toEqual([
      ["CacheDown", "cache:up:count < 1", "critical"],
      ["CacheCpu", "cache:cpu:percent > 80", "warning"],
      ["CacheMemory", "cache:memory:percent > 90", "warning"],
      ["CacheEvictions", "cache:evictions:per_minute > 100", "warning"],
      ["CacheConnections", "cache:connections:percent > 80", "warning"],
      ["CacheReplicationLag", "cache:replication_lag:seconds > 30", "warning"],
    ]);
  });

  it("says which node it is of, and what is wrong in its unit", () => {
    expect(alerts.find(({ alert }) => alert === "CacheCpu")).toEqual({
      alert: "CacheCpu",
      expr: "cache:cpu:percent > 80",
      for: "15m",
      labels: { severity: "warning", owner: "platform-team" },
      annotations: {
        summary: "sessions, {{ $labels.node }}: CPU in use above 80 percent",
        description: 'It has been for 15 minutes: {{ $value | printf "%.1f" }} percent now.',
        runbook_url: `${runbooks}/cache-cpu.md`,
      },
    });
  });

  it("fails when the release's name would be too long", () => {
    expect(() => rulesOf("x".repeat(47))).not.toThrow();
    expect(() => rulesOf("x".repeat(48))).toThrow(/must be a release of at most 53 characters, not 54/);
  });
});
