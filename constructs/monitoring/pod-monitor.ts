import type { CustomResource } from "../addons/manifests";
import type { Pods } from "../connections/path";

/** Pods that Prometheus scrapes. Prometheus takes the monitors of every namespace, and needs a path to the port. */
export interface PodMonitor extends CustomResource {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PodMonitor";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    /** Pods in the namespace of this object. */
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly podMetricsEndpoints: readonly {
      /** Name of the container's port. */
      readonly port: string;
      /** @default `/metrics` */
      readonly path?: string;
      /** @default http */
      readonly scheme?: "http" | "https";
      /** How often, e.g. `30s`. @default Prometheus' own */
      readonly interval?: string;
    }[];
  };
}

/** Prometheus, where the environment has monitoring. */
export const prometheusPods: Pods = { namespace: "monitoring", labels: { "app.kubernetes.io/name": "prometheus" } };
