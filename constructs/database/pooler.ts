import type { CustomResource } from "../addons/manifests";
import type { PodResources } from "../shared/pod-resources";
import type { TopologySpread } from "./cnpg-cluster";

/** PgBouncer in front of a cluster of CloudNativePG, behind a service of its own name. */
export interface Pooler extends CustomResource {
  readonly apiVersion: "postgresql.cnpg.io/v1";
  readonly kind: "Pooler";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly cluster: { readonly name: string };
    /** Whether it leads to the primary. */
    readonly type: "rw";
    readonly instances: number;
    readonly pgbouncer: {
      /** When a connection to the server is free for the next client: at the end of a session, or of a transaction. */
      readonly poolMode: "session" | "transaction";
      readonly parameters: Readonly<Record<string, string>>;
    };
    readonly template: {
      /** Labels that the operator adds its own to. */
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly { readonly name: "pgbouncer"; readonly resources: PodResources }[];
        readonly topologySpreadConstraints?: readonly TopologySpread[];
      };
    };
  };
}
