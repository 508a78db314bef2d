import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import { SignalRules } from "../../../constructs/monitoring/signal-rules";
import { environments } from "../../../environments/index";
import { dataStackOf } from "../../data-stack";
import { manifest, release } from "../../released";

const { local } = environments;

const expressions = { cpu: "a + b", memory: "m", evictions: "e", connections: "c", replicationLag: undefined };

function rulesOf(name: string) {
  return dataStackOf(local, ({ stack, setting, namespace }) => {
    const crds = new PrometheusOperatorCrds(stack, "Crds", { setting });
    new SignalRules(stack, "Rules", { namespace: namespace("Cache", "cache"), subject: "cache", name, expressions, requires: [crds] });
  });
}

describe("SignalRules", () => {
  const stack = rulesOf("sessions");
  const rule = manifest(stack, "PrometheusRule");
  const { groups } = rule.spec as { readonly groups: readonly { readonly name: string; readonly rules: readonly object[] }[] };

  it("is one object beside what is watched, in a release after its type", () => {
    expect(rule).toMatchObject({ apiVersion: "monitoring.coreos.com/v1", metadata: { name: "sessions-rules", namespace: "cache" } });
    expect(release(stack, "sessions-rules").depends_on).toContain(stack.address("helm_release", "Crds"));
  });

  it("has an alert for each watch that there is something to watch of", () => {
    expect(groups.map(({ name, rules }) => [name, rules.map((found) => (found as { readonly alert: string }).alert)])).toEqual([
      ["sessions-rules", ["CacheCpu", "CacheMemory", "CacheEvictions", "CacheConnections"]],
    ]);
  });

  it("compares an expression as a whole, and says what is wrong in its unit", () => {
    expect(groups[0]?.rules[0]).toEqual({
      alert: "CacheCpu",
      expr: "(a + b) > 80",
      for: "15m",
      labels: { severity: "warning" },
      annotations: {
        summary: "sessions: CPU in use above 80 percent",
        description: 'It has been for 15 minutes: {{ $value | printf "%.1f" }} percent now.',
      },
    });
  });

  it("fails when the release's name would be too long", () => {
    expect(() => rulesOf("x".repeat(47))).not.toThrow();
    expect(() => rulesOf("x".repeat(48))).toThrow(/must be a release of at most 53 characters, not 54/);
  });
});
