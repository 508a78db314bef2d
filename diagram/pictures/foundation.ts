import type { IConstruct } from "constructs";
import { AwsVpc } from "../../constructs/network/aws-vpc";
import { ExistingVpc } from "../../constructs/network/existing-vpc";
import { KindNetwork } from "../../constructs/network/kind-network";
import { MinioStateStore } from "../../constructs/state/minio-state-store";
import { S3StateStore } from "../../constructs/state/s3-state-store";
import { counted, painter, platformFrame, type Painter } from "../painter";

const network = platformFrame("network", "Network");
const state = platformFrame("state", "Terraform state");

/** Draws what is there before the cluster, and where the state of every layer is. */
export const foundationPainters: readonly Painter[] = [
  painter(AwsVpc, network, (vpc) => [
    `VPC ${vpc.podCidr}`,
    counted(vpc.zones.length, "zone"),
    "subnets: public, private, data, intra",
    counted(natGateways(vpc), "NAT gateway"),
  ]),
  painter(ExistingVpc, network, ({ podCidr, vpcId, zones }) => [`VPC ${vpcId} of somebody else's`, podCidr, counted(zones.length, "zone")]),
  painter(KindNetwork, network, ({ podCidr }) => ["Network of Kind", `pods ${podCidr}`]),
  painter(S3StateStore, state, () => ["S3 bucket, own key", "versioned"]),
  painter(MinioStateStore, state, () => ["MinIO in the cluster"]),
];

function natGateways(vpc: IConstruct): number {
  return vpc.node.children.filter(({ node }) => node.id.startsWith("NatGateway")).length;
}
