import type { Environment } from "../../environments/environment";

/** Who is told of what, and when nobody is. */
export type Alerting = Environment["observability"]["alerting"];

/** How somebody is told. */
export type Receiver = Alerting["receivers"][string];

/** Label of the alert that always fires: what hears of it knows that alerts get through. Its value is `true`. */
export const heartbeatLabel = "heartbeat";

/** The receiver that tells nobody. No receiver of an environment can be called the same: theirs are in lower case. */
export const nobody = "Nobody";

/** A matcher of one value, or of any of several. */
export function matcher(label: string, values: readonly string[]): string {
  const [only = "", ...others] = values;
  return others.length === 0 ? `${label}="${quoted(only)}"` : `${label}=~"${values.map((value) => quoted(literal(value))).join("|")}"`;
}

/** Text as an expression that fits nothing else (RE2, which Alertmanager anchors at both ends). */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function quoted(text: string): string {
  return text.replace(/[\\"]/g, "\\$&");
}
