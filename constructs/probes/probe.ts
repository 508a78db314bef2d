import type { CustomResource } from "../addons/manifests";

/** Something that the prober asks, for Prometheus to know how it answers. Prometheus takes those of every namespace. */
export interface Probe extends CustomResource {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "Probe";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    /** Label `job` of the series. */
    readonly jobName: string;
    /** Module of the prober. */
    readonly module: string;
    /** Host and port of the prober. */
    readonly prober: { readonly url: string };
    /** Further parameters that the prober gets. */
    readonly params: readonly { readonly name: "hostname"; readonly values: readonly string[] }[];
    readonly targets: {
      readonly staticConfig: {
        /** URLs. */
        readonly static: readonly string[];
        /** Labels of the series. */
        readonly labels: Readonly<Record<string, string>>;
      };
    };
  };
}
