import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { Path, Pods } from "../connections/path";
import { awsNames } from "../shared/naming";
import { policyDocument, type PolicyStatement } from "./policy-document";
import { podIdentityTrust } from "./pod-identity-trust";
import { ServiceRole } from "./service-role";
import { namespaceNameOf, type ContainerEnvironment, type IWorkloadIdentity, type WorkloadIdentityProps } from "./workload-identity";

export interface AwsWorkloadIdentityProps extends WorkloadIdentityProps {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
}

/**
 * EKS hands credentials to a pod when it is created, and never later, and learns of an association some seconds after the API has
 * taken it (EKS user guide, "EKS Pod Identity considerations"). A rehearsal has no reason to wait.
 */
const settled = '[ -n "$EVENKEEL_REHEARSAL" ] || sleep 15';

/** Role that only one service account of the cluster gets, by EKS Pod Identity. */
export class PodIdentity extends Construct implements IWorkloadIdentity {
  readonly serviceAccountAnnotations = {};
  readonly containerEnvironment: ContainerEnvironment;
  /** Escape hatch. */
  readonly role: ServiceRole;
  private readonly parts: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: AwsWorkloadIdentityProps) {
    super(scope, id);
    const { cluster, environment, serviceAccount } = props;
    const namespace = namespaceNameOf(props.namespace);
    this.containerEnvironment = { variables: { AWS_REGION: environment.region } };
    this.role = new ServiceRole(this, "Role", {
      roleName: awsNames(environment).role(props.purpose),
      ...podIdentityTrust({ accountId: environment.accountId, clusterArn: cluster.clusterArn, namespace, serviceAccount }),
    });
    this.allow("Policy", ...props.statements);
    this.parts.push(
      new EksPodIdentityAssociation(this, "Association", {
        clusterName: cluster.clusterName,
        namespace,
        serviceAccount,
        roleArn: this.role.arn,
        provisioners: [{ type: "local-exec", command: settled }],
      }),
    );
  }

  get installed(): readonly ITerraformDependable[] {
    return this.parts;
  }

  paths(pods: Pods): readonly Path[] {
    return [
      { from: pods, to: "pod-identity-agent" },
      { from: pods, to: "aws-endpoints" },
    ];
  }

  allow(id: string, ...statements: readonly PolicyStatement[]): void {
    if (statements.length === 0) return; // IAM takes no empty policy
    this.parts.push(new IamRolePolicy(this, id, { role: this.role.resource.name, name: id, policy: policyDocument(...statements) }));
  }
}
