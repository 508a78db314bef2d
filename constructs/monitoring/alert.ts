import type { Severity } from "../../environments/observability/alerting-fields";

/** Something that somebody has to know. Every series that the expression yields is an alert of its own. */
export interface Alert {
  /** In PascalCase, unique; the runbook is called the same in kebab-case. */
  readonly name: string;
  /** PromQL. */
  readonly expression: string;
  /** How long it has to last. */
  readonly forMinutes: number;
  readonly severity: Severity;
  /** One line. May name labels of the series: `{{ $labels.node }}`. */
  readonly summary: string;
  /** What it means, with the value: `{{ $value }}`. */
  readonly description: string;
  /** Further labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Team that answers for it. @default that of the rules */
  readonly owner?: string;
  /** Where the runbook is: an address, or a file of `docs/runbooks/alerts`. @default the file that is called as the alert */
  readonly runbook?: string;
}

/** A series that is reckoned once, for many who ask for it. */
export interface Recording {
  /** Name of the series: `<what>:<signal>:<unit>`. */
  readonly record: string;
  /** PromQL. */
  readonly expression: string;
  /** Labels that are added. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules that are reckoned one after the other, at the same time. */
export interface RuleGroup {
  /** Unique in the object. */
  readonly name: string;
  /** @default Prometheus' own */
  readonly intervalSeconds?: number;
  /** @default none */
  readonly recordings?: readonly Recording[];
  /** @default none */
  readonly alerts?: readonly Alert[];
}

/** File of an alert's runbook in `docs/runbooks/alerts`. */
export function runbookFile(alert: string): string {
  return `${alert.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase()}.md`;
}
