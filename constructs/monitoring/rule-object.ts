import type { Environment } from "../../environments/environment";
import { refuse } from "../shared/errors";
import { runbookFile, type Alert, type Recording, type RuleGroup } from "./alert";
import type { AlertingRule, PrometheusRule, RecordingRule } from "./prometheus-rule";
import { ruleProblems } from "./rule-problems";
import { writtenRunbooks } from "./runbooks";

export interface RuleObjectProps {
  readonly environment: Environment;
  readonly namespace: string;
  /** The object is called `<name>-rules`. */
  readonly name: string;
  readonly groups: readonly RuleGroup[];
  /** Team that answers for the alerts. */
  readonly owner: string;
}

/**
 * Rules as an object of Kubernetes. Each alert says how bad it is, whose it is, and where its runbook is.
 * @param path whose rules these are
 * @throws ConfigurationError with everything that is wrong with a rule
 */
export function ruleObject(path: string, { environment, groups, name, namespace, owner }: RuleObjectProps): PrometheusRule {
  const { alerting, metrics } = environment.observability;
  refuse(ruleProblems(path, groups, { owner, retentionDays: metrics.retentionDays, runbooks: writtenRunbooks() }));
  const { runbooks } = alerting;
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: `${name}-rules`, namespace },
    spec: {
      groups: groups.map(({ alerts = [], intervalSeconds, name: group, recordings = [] }) => ({
        name: group,
        ...(intervalSeconds === undefined ? {} : { interval: `${intervalSeconds}s` }),
        rules: [...recordings.map(recordingRule), ...alerts.map((alert) => alertingRule(alert, owner, runbooks))],
      })),
    },
  };
}

/** An alert as a rule, of Prometheus or of Loki. */
export function alertingRule(alert: Alert, ownerOfAll: string, runbooks: string): AlertingRule {
  const { description, expression, forMinutes, labels, name, owner = ownerOfAll, runbook, severity, summary } = alert;
  return {
    alert: name,
    expr: expression,
    for: `${forMinutes}m`,
    labels: { ...labels, severity, owner },
    annotations: { summary, description, runbook_url: urlOf(runbook ?? runbookFile(name), runbooks) },
  };
}

/** @param runbook an address, or a file of `docs/runbooks/alerts` */
function urlOf(runbook: string, runbooks: string): string {
  return runbook.startsWith("https://") ? runbook : `${runbooks}/${runbook}`;
}

function recordingRule({ expression, labels, record }: Recording): RecordingRule {
  return { record, expr: expression, ...(labels ? { labels } : {}) };
}
