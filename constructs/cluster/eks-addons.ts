import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { podIdentityTrust } from "../identity/pod-identity-trust";
import { ServiceRole } from "../identity/service-role";
import { eksAddons, type EksAddonName } from "../ledger/eks-addons";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { awsNames } from "../shared/naming";
import { tagsOf } from "../shared/tags";

/** What an add-on may do in AWS, by a role of its own: pods do not get the node's rights. */
interface AddonIdentity {
  /** Last part of the role's name. */
  readonly purpose: string;
  readonly serviceAccount: string;
  /** Policy of AWS, behind `policy/` in its ARN. */
  readonly policy: string;
}

const addonIdentities: Partial<Record<EksAddonName, AddonIdentity>> = {
  "vpc-cni": { purpose: "vpc-cni", serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  "aws-ebs-csi-driver": {
    purpose: "ebs-csi-driver",
    serviceAccount: "ebs-csi-controller-sa",
    policy: "AmazonEBSCSIDriverEKSClusterScopedPolicy",
  },
};

export interface EksAddonsProps {
  readonly environment: AwsEnvironment;
  readonly cluster: EksClusterResource;
  readonly names: readonly EksAddonName[];
  /** What the add-ons need to become ready. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Add-ons that EKS runs for the cluster. */
export class EksAddons extends Construct implements Recorded {
  /** Escape hatch. */
  readonly resources: readonly EksAddon[];
  readonly ledgerEntries: LedgerEntries;

  constructor(scope: Construct, id: string, props: EksAddonsProps) {
    super(scope, id);
    const versions = eksAddons[props.environment.cluster.version];
    this.ledgerEntries = Object.fromEntries(props.names.map((name) => [name, versions[name]]));
    this.resources = props.names.map((name) => this.createAddon(props, name));
  }

  private createAddon(props: EksAddonsProps, name: EksAddonName): EksAddon {
    const { environment, cluster } = props;
    const identity = addonIdentities[name];
    const role = identity && this.createRole(props, name, identity);
    const configuration = configurationOf(environment, name);
    return new EksAddon(this, name, {
      clusterName: cluster.name,
      addonName: name,
      addonVersion: eksAddons[environment.cluster.version][name].version,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(configuration ? { configurationValues: JSON.stringify(configuration) } : {}),
      ...(role ? { podIdentityAssociation: [{ roleArn: role.arn, serviceAccount: identity.serviceAccount }] } : {}),
      dependsOn: [...props.dependsOn, ...(role?.attachments ?? [])],
    });
  }

  /** Role that only the add-on's service account in this cluster gets, by Pod Identity. */
  private createRole({ environment, cluster }: EksAddonsProps, name: EksAddonName, identity: AddonIdentity): ServiceRole {
    return new ServiceRole(this, `${name}-role`, {
      roleName: awsNames(environment).role(identity.purpose),
      ...podIdentityTrust({
        accountId: environment.accountId,
        clusterArn: cluster.arn,
        namespace: "kube-system",
        serviceAccount: identity.serviceAccount,
      }),
      managedPolicyArns: [`arn:${partitionOf(environment.region)}:iam::aws:policy/${identity.policy}`],
    });
  }
}

function configurationOf(environment: AwsEnvironment, name: EksAddonName): object | undefined {
  switch (name) {
    case "vpc-cni":
      return { enableNetworkPolicy: "true" }; // off by default, and then policies change nothing, silently
    case "aws-ebs-csi-driver":
      return { controller: { extraVolumeTags: tagsOf(environment) } }; // volumes of pods are out of Terraform's sight
    case "coredns":
    case "eks-pod-identity-agent":
    case "kube-proxy":
      return undefined;
  }
}
