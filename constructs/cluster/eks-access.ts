import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { accessGroups } from "../access/access-groups";

export interface EksAccessProps {
  readonly environment: AwsEnvironment;
  readonly cluster: EksClusterResource;
}

/** Who may use the cluster, by access entries; there is no aws-auth and no right for whoever created it. */
export class EksAccess extends Construct {
  constructor(scope: Construct, id: string, props: EksAccessProps) {
    super(scope, id);
    const { admins, viewers } = props.environment.cluster;
    admins.forEach((principal) => this.grant(props, principal, accessGroups.admins, "AmazonEKSClusterAdminPolicy"));
    viewers.forEach((principal) => this.grant(props, principal, accessGroups.viewers, "AmazonEKSViewPolicy"));
  }

  private grant({ environment, cluster }: EksAccessProps, principal: string, group: string, policy: string): void {
    const partition = partitionOf(environment.region);
    const principalArn = `arn:${partition}:iam::${environment.accountId}:${principal}`;
    const entry = new EksAccessEntry(this, `Entry-${principal}`, {
      clusterName: cluster.name,
      principalArn,
      kubernetesGroups: [group],
      type: "STANDARD",
    });
    new EksAccessPolicyAssociation(this, `Policy-${principal}`, {
      clusterName: cluster.name,
      principalArn: entry.principalArn,
      policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${policy}`,
      accessScope: { type: "cluster" },
    });
  }
}
