import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import type { Environment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { Alert } from "./alert";
import { PrometheusRules } from "./prometheus-rules";
import { watches, type Watch, type Watched, type WatchName } from "./watches";

export interface SignalRulesProps<Subject extends Watched> {
  readonly environment: Environment;
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
export class SignalRules<Subject extends Watched> extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { environment, namespace, subject, name, expressions, requires }: SignalRulesProps<Subject>) {
    super(scope, id);
    const alerts = Object.entries<Watch>(watches[subject]).flatMap(([watchName, watch]) => {
      const expression = expressions[watchName as WatchName<Subject>];
      return expression === undefined ? [] : [alertOf(`${capitalized(subject)}${capitalized(watchName)}`, name, watch, expression)];
    });
    const groups = [{ name: `${name}-rules`, alerts }];
    const rules = new PrometheusRules(this, "Rules", { environment, namespace, name, groups, requires });
    this.installed = rules.installed;
  }
}

function alertOf(alert: string, name: string, { summary, unit, above, forMinutes }: Watch, expression: string): Alert {
  return {
    name: alert,
    expression: `(${expression}) > ${above}`,
    forMinutes,
    severity: "warning",
    summary: `${name}: ${summary} above ${above} ${unit}`,
    description: `It has been for ${forMinutes} minutes: {{ $value | printf "%.1f" }} ${unit} now.`,
  };
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
