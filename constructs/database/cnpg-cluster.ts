import type { CustomResource } from "../addons/manifests";
import type { PodResources } from "../shared/pod-resources";

/** PostgreSQL of CloudNativePG: a primary and its replicas, one of which takes over. */
export interface CnpgCluster extends CustomResource {
  readonly apiVersion: "postgresql.cnpg.io/v1";
  readonly kind: "Cluster";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly instances: number;
    /** With its digest. */
    readonly imageName: string;
    readonly storage: { readonly size: string; readonly storageClass: string };
    readonly resources: PodResources;
    readonly seccompProfile: { readonly type: "RuntimeDefault" };
    /** Whether a node waits with its shutdown until another instance has taken over. */
    readonly enablePDB: boolean;
    readonly topologySpreadConstraints?: readonly TopologySpread[];
    /** Whether the password of `postgres` is set, so that somebody can sign in as it from outside. */
    readonly enableSuperuserAccess: false;
    readonly bootstrap: {
      readonly initdb: {
        readonly database: string;
        readonly owner: string;
        /** Secret of type `kubernetes.io/basic-auth` with the owner's name and password. The server keeps up with it. */
        readonly secret: { readonly name: string };
        readonly dataChecksums: boolean;
        /** Run once in the database that has just been made, as the superuser. */
        readonly postInitApplicationSQL: readonly string[];
      };
    };
    readonly postgresql: {
      readonly parameters: Readonly<Record<string, string>>;
      /** Lines after those of the operator's own users and before its last, which takes everybody. The first that fits counts. */
      readonly pg_hba: readonly string[];
      readonly synchronous?: {
        /** Whether any of the standbys will do. */
        readonly method: "any";
        /** How many have to confirm a commit. */
        readonly number: number;
        /** Whether writes wait (`required`) or go on (`preferred`) when there are fewer. */
        readonly dataDurability: "required" | "preferred";
        /** Whether only an instance is promoted that is sure to have every commit. */
        readonly failoverQuorum: boolean;
      };
    };
    /** Further names in the server's certificate. The services of the cluster are in it anyway. */
    readonly certificates?: { readonly serverAltDNSNames: readonly string[] };
    readonly plugins?: readonly {
      readonly name: string;
      readonly isWALArchiver: boolean;
      readonly parameters: Readonly<Record<string, string>>;
    }[];
    /** The service account is called like the cluster. */
    readonly serviceAccountTemplate?: { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
    /** How the primary gets what is new, once its replicas have it: by changing places with one, or by a restart. */
    readonly primaryUpdateMethod: "switchover" | "restart";
    /** How long connections may go on while new ones are refused, when an instance is stopped, in seconds. */
    readonly smartShutdownTimeout: number;
    /** How long an instance may take to stop, in seconds. */
    readonly stopDelay: number;
    /** How long a primary may take to stop when another takes over on purpose, in seconds. */
    readonly switchoverDelay: number;
  };
}

/** How pods are spread, as in a pod. */
export interface TopologySpread {
  /** Label of the nodes. */
  readonly topologyKey: string;
  readonly maxSkew: number;
  /** Places that there have to be. Only with `DoNotSchedule`. */
  readonly minDomains?: number;
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
  readonly labelSelector: {
    readonly matchLabels: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly { readonly key: string; readonly operator: "DoesNotExist" }[];
  };
}
