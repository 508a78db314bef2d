import type { IConstruct } from "constructs";
import type { Placement } from "../../environments/node-groups";
import type { INetwork } from "../network/network";

/** Kubernetes cluster with its node groups: EKS in the cloud, Kind on the laptop. */
export interface ICluster extends IConstruct {
  /** Name of the cluster, known at synth. */
  readonly clusterName: string;
  /** Kubernetes version, e.g. `1.35`. */
  readonly kubernetesVersion: string;
  /** How providers and people reach the API server. Holds no credential. */
  readonly access: ClusterAccess;
  /** IAM principals that pull images for the cluster's nodes; empty where images are pulled without asking who. */
  readonly imagePullPrincipals: readonly string[];
  /** Where the pods of a placement may run. */
  scheduling(placement: Placement): Scheduling;
}

export interface ClusterProps {
  /** Network that the cluster is in. */
  readonly network: INetwork;
}

/** How the API server is reached. */
export type ClusterAccess = KubeconfigAccess | ExecAccess;

/** By a kubeconfig file on this machine. */
export interface KubeconfigAccess {
  readonly by: "kubeconfig";
  /** Path of the file, as seen from a stack's folder. */
  readonly path: string;
  /** Context in that file. */
  readonly context: string;
}

/** By a short-lived token that the aws CLI fetches at every run. */
export interface ExecAccess {
  readonly by: "exec";
  /** URL of the API server; the local end of the tunnel where there is one. */
  readonly endpoint: string;
  /** Host name in the API server's certificate, where the URL has another one. */
  readonly tlsServerName?: string;
  /** The cluster's CA certificate, PEM in base64. */
  readonly certificateAuthority: string;
  readonly clusterName: string;
  readonly region: string;
}

/** What a pod says to run on the nodes of a placement, in Kubernetes' own terms. */
export interface Scheduling {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** Whether the nodes have GPUs, which pods ask for as `nvidia.com/gpu`. */
  readonly gpus: boolean;
}

/** A toleration as in a pod. */
export interface Toleration {
  readonly key: string;
  readonly operator: "Equal";
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}
