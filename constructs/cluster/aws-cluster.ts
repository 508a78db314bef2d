import { ConfigurationError } from "../shared/errors";
import type { ICluster } from "./cluster";

/** Cluster on AWS, as variants of AWS need it. Strings only: it crosses from stack to stack. */
export interface IAwsCluster extends ICluster {
  readonly clusterArn: string;
  /** URL of the API server inside AWS, whatever tunnel people take. */
  readonly endpoint: string;
  /** Security group of the control plane, the nodes and their pods. */
  readonly securityGroupId: string;
  /** Role of the nodes, by its name and its ARN. */
  readonly nodeRoleName: string;
  readonly nodeRoleArn: string;
  /** Key that encrypts the environment's secrets. */
  readonly secretsKeyArn: string;
  /** For roles that are assumed by IRSA. */
  readonly oidcProviderArn: string;
  /** URL of the token issuer, without `https://`. */
  readonly oidcIssuer: string;
  /** Managed node groups by the names that the environment gives them; EKS' own have a suffix. */
  readonly nodeGroupNames: Readonly<Record<string, string>>;
}

/** Narrows a cluster to one on AWS: variants of AWS cannot be built for another. */
export function onEks(cluster: ICluster, consumer: string): IAwsCluster {
  if ("oidcProviderArn" in cluster && "secretsKeyArn" in cluster) return cluster as IAwsCluster;
  throw new ConfigurationError([
    { path: consumer, field: "cluster", value: cluster.node.path, limit: "a cluster on AWS", fix: "take it from the same catalog" },
  ]);
}
