import type { CustomResource } from "../addons/manifests";

/** Rules of Prometheus. Prometheus takes those of every namespace. */
export interface PrometheusRule extends CustomResource {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PrometheusRule";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly groups: readonly {
      /** Unique in the object. */
      readonly name: string;
      /** How often, e.g. `30s`. */
      readonly interval?: string;
      readonly rules: readonly (AlertingRule | RecordingRule)[];
    }[];
  };
}

/** An alert. */
export interface AlertingRule {
  readonly alert: string;
  /** PromQL; every series that it yields is an alert. */
  readonly expr: string;
  /** How long it has to last, e.g. `15m`. */
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url: string };
}

/** A series that is reckoned ahead. */
export interface RecordingRule {
  readonly record: string;
  /** PromQL. */
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}
