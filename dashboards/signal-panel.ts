import { seriesOf, signalOf, type Signal, type SignalName, type SignalSubject } from "../constructs/monitoring/signals";
import { watches, type Watch } from "../constructs/monitoring/watches";
import { above, noLimit, type Limits } from "./limits";
import type { Panel, Unit } from "./panel";

const units = {
  percent: "percent",
  ratio: "percentunit",
  seconds: "s",
  hours: "h",
  days: "d",
  bytes: "bytes",
  count: "short",
  "per second": "ops",
  "per minute": "opm",
} as const satisfies Record<Signal["unit"], Unit>;

/** What is said of a signal beside its summary. */
export interface SignalWords {
  /** What it means when it is out of hand. */
  readonly meaning: string;
  /** Where nobody is told of it. @default that of the watch, else none */
  readonly limits?: Limits;
  /** @default lines */
  readonly kind?: "lines" | "number" | "bars";
  /** @default that of the kind */
  readonly width?: number;
  /** The alert that watches it. @default that of the watch, else none */
  readonly alert?: string;
}

/** A panel of a signal: the same series on every target, with the limits and the runbook of what watches it. */
export function signalPanel<Subject extends SignalSubject>(subject: Subject, name: SignalName<Subject>, words: SignalWords): Panel {
  const { labels, summary, unit } = signalOf(subject, name);
  const watch = (watches as Readonly<Record<string, Readonly<Record<string, Watch>>>>)[subject]?.[name];
  const { kind = "lines", limits, meaning, width } = words;
  const alert = words.alert ?? (watch ? `${capitalized(subject)}${capitalized(name)}` : undefined);
  return {
    kind,
    title: capitalized(summary),
    description: meaning,
    unit: units[unit],
    limits: limits ?? (watch ? above(watch.above, watch.critical) : noLimit),
    queries: [{ expression: seriesOf(subject, name), legend: labels.map((label) => `{{${label}}}`).join(" ") || summary }],
    ...(unit === "percent" ? { max: 100 } : {}),
    ...(unit === "ratio" ? { max: 1 } : {}),
    ...(width === undefined ? {} : { width }),
    ...(alert === undefined ? {} : { alert }),
  };
}

/** With its first letter as a capital. */
export function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
