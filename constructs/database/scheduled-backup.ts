import type { CustomResource } from "../addons/manifests";

/** Backups of a cluster of CloudNativePG at certain times. */
export interface ScheduledBackup extends CustomResource {
  readonly apiVersion: "postgresql.cnpg.io/v1";
  readonly kind: "ScheduledBackup";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly cluster: { readonly name: string };
    /** Six fields of cron: seconds first. UTC. */
    readonly schedule: string;
    /** Whether one is taken at once. */
    readonly immediate: boolean;
    readonly method: "plugin";
    readonly pluginConfiguration: { readonly name: string };
    /** Whose the objects of the backups are: they go with their owner. What is in the object store stays. */
    readonly backupOwnerReference: "self";
  };
}
