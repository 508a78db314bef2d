import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import type { ChartValues } from "../addons/chart-values";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { Path, Pods } from "../connections/path";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { awsNames } from "../shared/naming";
import type { IMetricsArchive, MetricsArchiveProps } from "./metrics-archive";

export interface ManagedPrometheusProps extends MetricsArchiveProps {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
  /** Workspace that somebody has made: several environments may share one. */
  readonly workspaceId: string;
}

/** Service account of Prometheus, as its chart calls it. */
const serviceAccount = "kube-prometheus-stack-prometheus";

/** A workspace of Amazon Managed Service for Prometheus. Prometheus may write to it, and neither read nor change anything. */
export class ManagedPrometheus extends Construct implements IMetricsArchive {
  readonly remoteWrite: ChartValues;
  readonly labels: Readonly<Record<string, string>>;
  /** It merges what has the same `cluster` and differs in this label (AMP user guide, "Send high-availability data"). */
  readonly replicaLabel = "__replica__";
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  readonly installed: readonly ITerraformDependable[];
  private readonly identity: IWorkloadIdentity;

  constructor(scope: Construct, id: string, { setting, environment, cluster, namespace, workspaceId }: ManagedPrometheusProps) {
    super(scope, id);
    const { accountId, region } = environment;
    this.identity = awsWorkloadIdentity(this, "Identity", {
      setting,
      environment,
      cluster,
      namespace,
      serviceAccount,
      purpose: "prometheus",
      statements: [
        {
          Sid: "WriteMetrics",
          Effect: "Allow",
          Action: "aps:RemoteWrite",
          Resource: `arn:${partitionOf(region)}:aps:${region}:${accountId}:workspace/${workspaceId}`,
        },
      ],
    });
    this.remoteWrite = {
      url: `https://aps-workspaces.${region}.amazonaws.com/workspaces/${workspaceId}/api/v1/remote_write`,
      sigv4: { region },
    };
    this.labels = { cluster: awsNames(environment).cluster };
    this.serviceAccountAnnotations = this.identity.serviceAccountAnnotations;
    this.installed = this.identity.installed;
  }

  paths(prometheus: Pods): readonly Path[] {
    return [...this.identity.paths(prometheus), { from: prometheus, to: "internet" }]; // no endpoint for it in the VPC
  }
}
