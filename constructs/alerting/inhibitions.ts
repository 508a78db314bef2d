import { heartbeatLabel } from "./alerting";
import type { InhibitRule } from "./alertmanager";

/** Labels that say what an alert is about. */
const subject = ["namespace", "workload", "objective", "route", "node", "database", "cache", "persistentvolumeclaim", "name"] as const;

/** The heartbeat is no target of any rule: its silence would wake somebody. */
const noHeartbeat = `${heartbeatLabel}=""`;

/**
 * What is silent while something worse says the same. Both sides have the label that they share: to Alertmanager two that lack it are equal.
 */
export const inhibitRules: readonly InhibitRule[] = [
  // An alert of two severities.
  worseSilences([], ["alertname", ...subject]),
  // Slow and full of errors, filling up and full: whoever looks at what is in trouble sees the rest.
  worseSilences(['workload!=""'], ["namespace", "workload"]),
  worseSilences(['node!=""', 'pod=""'], ["node"]), // not what runs there
  worseSilences(['persistentvolumeclaim!=""'], ["namespace", "persistentvolumeclaim"]),
  worseSilences(['name!=""'], ["namespace", "name"]), // certificates
  // What runs on a node that is gone.
  silences(['alertname="NodeNotReady"', 'node!=""'], ['alertname!="NodeNotReady"', 'node!=""'], ["node"]),
  // Nobody comes through to any route.
  silences(['alertname="GatewayDown"'], ['alertname!="GatewayDown"', 'route!=""'], []),
];

function worseSilences(both: readonly string[], equal: readonly string[]): InhibitRule {
  return silences(['severity="critical"', ...both], ['severity=~"warning|info"', ...both], equal);
}

function silences(source: readonly string[], target: readonly string[], equal: readonly string[]): InhibitRule {
  return { source_matchers: source, target_matchers: [...target, noHeartbeat], equal: [...equal, "environment"] };
}
