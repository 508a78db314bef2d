import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { Alert, Recording } from "./alert";
import { PrometheusRules } from "./prometheus-rules";
import { seriesOf, signalNames, signalOf, type SignalExpressions, type SignalName, type SignalSubject } from "./signals";
import { watches, type Watch } from "./watches";

export interface SignalRulesProps<Subject extends SignalSubject> {
  readonly environment: Environment;
  /** Where what is measured runs; by its name when it is not of this stack. */
  readonly namespace: GuardedNamespace | string;
  readonly subject: Subject;
  /** Name of what is measured; the release and the object are called `<name>-rules`. */
  readonly name: string;
  /** How each signal is measured here: with the labels that the signal has, beside the one that names the subject, and no others. */
  readonly expressions: SignalExpressions<Subject>;
  /** What has to be there before: the rules' type, when it is of the same stack. */
  readonly requires: readonly Installed[];
}

/** How long nothing may answer before somebody is woken. */
const downMinutes = 3;

/**
 * Signals as series of the same name on every target, and alerts on these: whatever they are made of, the alerts are the same to the letter. An
 * alert is there for a signal that does not exist, too, and stays quiet: it is the variant that says what it cannot measure, and the parity
 * report that asks why.
 */
export class SignalRules<Subject extends SignalSubject> extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SignalRulesProps<Subject>,
  ) {
    super(scope, id);
    const { environment, name, namespace, requires, subject } = props;
    const measured = signalNames(subject).filter((signal) => props.expressions[signal] !== undefined);
    const groups = [
      {
        name: `${name}-rules`,
        recordings: measured.map((signal) => this.recording(signal)),
        alerts: signalNames(subject).flatMap((signal) => this.alerts(signal)),
      },
    ];
    this.installed = new PrometheusRules(this, "Rules", { environment, namespace, name, groups, requires }).installed;
  }

  private recording(signal: SignalName<Subject>): Recording {
    const { expressions, name, subject } = this.props;
    const isNamed = signalOf(subject, signal).labels.includes(subject);
    return {
      record: seriesOf(subject, signal),
      expression: expressions[signal] ?? "",
      ...(isNamed ? { labels: { [subject]: name } } : {}),
    };
  }

  private alerts(signal: SignalName<Subject>): readonly Alert[] {
    const { subject } = this.props;
    if (signal === "up") return [this.down(signal)];
    const watch = (watches as Readonly<Record<string, Readonly<Record<string, Watch>>>>)[subject]?.[signal];
    if (watch === undefined) return [];
    const above = this.above(signal, watch, watch.above, "warning");
    return watch.critical === undefined ? [above] : [above, this.above(signal, watch, watch.critical, "critical")];
  }

  private above(signal: SignalName<Subject>, { forMinutes, summary, unit }: Watch, limit: number, severity: "warning" | "critical"): Alert {
    const { name, subject } = this.props;
    const place = signalOf(subject, signal).labels.includes("node") ? `${name}, {{ $labels.node }}` : name;
    const words = unit === "ratio" ? `${limit * 100} percent` : `${limit} ${unit}`;
    const now = unit === "ratio" ? "{{ $value | humanizePercentage }}" : `{{ $value | printf "%.1f" }} ${unit}`;
    return {
      name: `${capitalized(subject)}${capitalized(signal)}${severity === "critical" ? "Critical" : ""}`,
      expression: `${seriesOf(subject, signal)} > ${limit}`,
      forMinutes,
      severity,
      summary: `${place}: ${summary} above ${words}`,
      description: `It has been for ${forMinutes} minutes: ${now} now.`,
    };
  }

  private down(signal: SignalName<Subject>): Alert {
    const { name, subject } = this.props;
    return {
      name: `${capitalized(subject)}Down`,
      expression: `${seriesOf(subject, signal)} < 1`,
      forMinutes: downMinutes,
      severity: "critical",
      summary: `${name}: nothing answers`,
      description: `What measures it has had no answer for ${downMinutes} minutes, or is away itself.`,
    };
  }
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
