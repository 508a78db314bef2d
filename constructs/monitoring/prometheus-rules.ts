import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { AlertingRule, PrometheusRule } from "./prometheus-rule";
import { watches, type Watch, type Watched, type WatchName } from "./watches";

export interface PrometheusRulesProps<Subject extends Watched> {
  /** Where what is watched runs. */
  readonly namespace: GuardedNamespace;
  readonly subject: Subject;
  /** Name of what is watched; the release and the object are called `<name>-rules`. */
  readonly name: string;
  /** PromQL for each watch, in its unit; undefined where there is nothing to watch. */
  readonly expressions: Readonly<Record<WatchName<Subject>, string | undefined>>;
  /** What has to be there before: the rules' type, when it is of the same stack. */
  readonly requires: readonly Installed[];
}

/** Alerts of Prometheus for everything that is watched of a database or a cache: what alarms of CloudWatch are on AWS. */
export class PrometheusRules<Subject extends Watched> extends Construct implements Installed {
  /** Escape hatch. */
  readonly rules: Manifests;
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { namespace, subject, name, expressions, requires }: PrometheusRulesProps<Subject>) {
    super(scope, id);
    const rules = Object.entries<Watch>(watches[subject]).flatMap(([watchName, watch]) => {
      const expression = expressions[watchName as WatchName<Subject>];
      return expression === undefined ? [] : [alertingRule(`${capitalized(subject)}${capitalized(watchName)}`, name, watch, expression)];
    });
    const rule: PrometheusRule = {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: `${name}-rules`, namespace: namespace.namespaceName },
      spec: { groups: [{ name: `${name}-rules`, rules }] },
    };
    this.rules = new Manifests(this, "Rules", { release: `${name}-rules`, namespace, resources: [rule], requires });
    this.installed = this.rules.installed;
  }
}

function alertingRule(alert: string, name: string, { summary, unit, above, forMinutes }: Watch, expression: string): AlertingRule {
  return {
    alert,
    expr: `(${expression}) > ${above}`,
    for: `${forMinutes}m`,
    labels: { severity: "warning" },
    annotations: {
      summary: `${name}: ${summary} above ${above} ${unit}`,
      description: `It has been for ${forMinutes} minutes: {{ $value | printf "%.1f" }} ${unit} now.`,
    },
  };
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
