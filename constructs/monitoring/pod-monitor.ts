import type { CustomResource } from "../addons/manifests";

/** Pods that Prometheus scrapes. Prometheus takes the monitors of every namespace, and needs a path to the port. */
export interface PodMonitor extends CustomResource {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PodMonitor";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    /** Namespaces of the pods. @default that of this object */
    readonly namespaceSelector?: { readonly matchNames: readonly string[] };
    readonly podMetricsEndpoints: readonly PodMetricsEndpoint[];
    /** Samples that a pod may answer with; one with more counts as down. @default any number */
    readonly sampleLimit?: number;
  };
}

interface PodMetricsEndpoint {
  /** Name of the container's port; else say its number. */
  readonly port?: string;
  readonly portNumber?: number;
  /** @default `/metrics` */
  readonly path?: string;
  /** @default http */
  readonly scheme?: "http" | "https";
  readonly tlsConfig?: { readonly insecureSkipVerify: boolean };
  /** How often, e.g. `30s`. @default Prometheus' own */
  readonly interval?: string;
  /** Whether labels that series bring along count, where the target has one of the same name. @default they get the prefix `exported_` */
  readonly honorLabels?: boolean;
  /** Changes labels of the target, before it is asked. @default none */
  readonly relabelings?: readonly Relabeling[];
  /** Changes or drops series that it answered. @default none */
  readonly metricRelabelings?: readonly Relabeling[];
}

/** A rule of Prometheus for labels; it replaces unless it says otherwise. A type, no interface: only so can it stand in the values of a chart. */
export type Relabeling = {
  readonly action?: "replace" | "drop" | "keep" | "labeldrop";
  readonly sourceLabels?: readonly string[];
  readonly targetLabel?: string;
  readonly regex?: string;
  readonly replacement?: string;
};
