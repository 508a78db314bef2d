import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsNetwork, SubnetIds } from "./aws-network";

/** Ids of a VPC that somebody else owns, as the environment gives them. */
export type ExistingVpcProps = Extract<AwsEnvironment["network"], { readonly vpc: "existing" }>;

/** A VPC that somebody else owns. Nothing in it is changed. */
export class ExistingVpc extends Construct implements IAwsNetwork {
  readonly vpcId: string;
  readonly podCidr: string;
  readonly zones: readonly string[];
  readonly subnetIds: SubnetIds;

  constructor(scope: Construct, id: string, environment: AwsEnvironment, props: ExistingVpcProps) {
    super(scope, id);
    this.vpcId = props.vpcId;
    this.podCidr = props.cidr;
    this.zones = environment.zones;
    this.subnetIds = props.subnetIds;
  }
}
