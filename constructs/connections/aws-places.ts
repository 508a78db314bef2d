import type { AwsEnvironment } from "../../environments/environment";
import { subnetOf } from "../network/cidr";
import { subnetCidr, type SubnetTier } from "../network/subnet-layout";
import { clusterDns, publicInternet, type Block, type Places } from "./places";

/** Address of EKS' Pod Identity agent on every node (EKS user guide, "Set up the Amazon EKS Pod Identity Agent"). */
const podIdentityAgent = "169.254.170.23/32";

/** Where things are around an EKS cluster: by subnet in a VPC of our own, anywhere in the VPC where somebody else laid it out. */
export function awsPlaces({ cluster, ingress, network, zones }: AwsEnvironment): Places {
  const subnets = (tier: SubnetTier): readonly Block[] =>
    network.vpc === "create" ? zones.map((_, index) => ({ cidr: subnetCidr(network.cidr, tier, index) })) : [{ cidr: network.cidr }];
  const https = [{ port: 443 }];
  return {
    // The control plane's interfaces; the VPC's network plugin sees the address of the service `kubernetes` in front of them.
    "api-server": { at: [...subnets("intra"), { cidr: kubernetesService(cluster.serviceCidr) }], ports: https },
    dns: clusterDns,
    nodes: { at: subnets("private"), ports: [] },
    laptop: undefined,
    // Not in the private subnets: from there every pod of the cluster would pass for the load balancer.
    "load-balancer": { at: subnets(ingress.access === "internet" ? "public" : "intra"), ports: [] },
    "pod-identity-agent": { at: [{ cidr: podIdentityAgent }], ports: [{ port: 80 }] },
    "data-stores": { at: subnets("data"), ports: [] },
    "aws-endpoints": { at: subnets("intra"), ports: https },
    internet: publicInternet,
  };
}

/** The first address of a service block: Kubernetes gives it to its own service. */
function kubernetesService(serviceCidr: string): string {
  return subnetOf(serviceCidr, 32 - Number(serviceCidr.split("/")[1]), 1);
}
