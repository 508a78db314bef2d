import type { CustomResource } from "../addons/manifests";

/** What a database in a cluster of CloudNativePG has that only the superuser may give it. */
export interface CnpgDatabase extends CustomResource {
  readonly apiVersion: "postgresql.cnpg.io/v1";
  readonly kind: "Database";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly cluster: { readonly name: string };
    readonly name: string;
    readonly owner: string;
    /** What becomes of the database when this object goes. */
    readonly databaseReclaimPolicy: "retain";
    /** Extensions that are left out stay as they are. */
    readonly extensions: readonly {
      readonly name: string;
      /** The operator's sessions have none of their own choice. */
      readonly schema: string;
    }[];
  };
}
