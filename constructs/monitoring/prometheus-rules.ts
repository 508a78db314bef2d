import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { refuse } from "../shared/errors";
import { runbookFile, type Alert, type Recording, type RuleGroup } from "./alert";
import type { AlertingRule, PrometheusRule, RecordingRule } from "./prometheus-rule";
import { ruleProblems } from "./rule-problems";

export interface PrometheusRulesProps {
  readonly environment: Environment;
  /** Where they are kept; by its name when it is not of this stack. */
  readonly namespace: GuardedNamespace | string;
  /** The release and the object are called `<name>-rules`. */
  readonly name: string;
  readonly groups: readonly RuleGroup[];
  /** Team that answers for the alerts. @default the environment's */
  readonly owner?: string;
  /** What has to be there before: the rules' type, when it is of the same stack. */
  readonly requires: readonly Installed[];
}

/** Recorded series and alerts. Each alert says how bad it is, whose it is, and where its runbook is. */
export class PrometheusRules extends Construct implements Installed {
  /** Escape hatch. */
  readonly rules: Manifests;
  readonly installed: readonly ITerraformDependable[];

  /** @throws ConfigurationError with everything that is wrong with a rule */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrometheusRulesProps,
  ) {
    super(scope, id);
    const { groups, name, namespace, requires } = props;
    refuse(ruleProblems(this.node.path, groups));
    const rule: PrometheusRule = {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: `${name}-rules`, namespace: typeof namespace === "string" ? namespace : namespace.namespaceName },
      spec: {
        groups: groups.map(({ alerts = [], intervalSeconds, name: group, recordings = [] }) => ({
          name: group,
          ...(intervalSeconds === undefined ? {} : { interval: `${intervalSeconds}s` }),
          rules: [...recordings.map(recordingRule), ...alerts.map((alert) => this.alertingRule(alert))],
        })),
      },
    };
    this.rules = new Manifests(this, "Rules", { release: `${name}-rules`, namespace, resources: [rule], requires });
    this.installed = this.rules.installed;
  }

  private alertingRule({ description, expression, forMinutes, labels, name, owner, runbook, severity, summary }: Alert): AlertingRule {
    const { environment } = this.props;
    const runbooks = environment.observability.alerting.runbooks;
    return {
      alert: name,
      expr: expression,
      for: `${forMinutes}m`,
      labels: { ...labels, severity, owner: owner ?? this.props.owner ?? environment.owner },
      annotations: { summary, description, runbook_url: runbook ?? `${runbooks}/${runbookFile(name)}` },
    };
  }
}

function recordingRule({ expression, labels, record }: Recording): RecordingRule {
  return { record, expr: expression, ...(labels ? { labels } : {}) };
}
