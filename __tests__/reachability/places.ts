import { blockOf, everywhere } from "./addresses";
import { block, blocks, text } from "./fields";
import { Ranges } from "./ranges";
import type { WrittenStacks } from "./written-stacks";

/** Addresses that belong together. */
export interface Place {
  readonly name: string;
  readonly addresses: Ranges;
}

/** Where things are by their addresses. Each address is in one place. */
export interface Places {
  readonly all: readonly Place[];
  /** Where pods have their addresses. */
  readonly podNetwork: Ranges;
}

/** Private address space (RFC 1918). */
const privateBlocks = Ranges.union(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(blockOf));
/** RFC 3927. Instances ask the metadata service there for the rights of their node. */
const linkLocal = blockOf("169.254.0.0/16");
/** EKS user guide, "Set up the Amazon EKS Pod Identity Agent". */
const agent = blockOf("169.254.170.23/32");

/** The places of an environment. @throws where there is no network that it can tell pods from the rest by */
export function placesOf(stacks: WrittenStacks): Places {
  const [kind] = stacks.all("kind_cluster");
  return kind ? kindPlaces(kind.values) : awsPlaces(stacks);
}

function kindPlaces(cluster: Readonly<Record<string, unknown>>): Places {
  const { pod_subnet, service_subnet } = block(block(cluster.kind_config).networking);
  const podNetwork = blockOf(pod_subnet);
  const all = withTheRest([
    { name: "pod network", addresses: podNetwork },
    { name: "service addresses", addresses: blockOf(service_subnet) },
  ]);
  return { all, podNetwork };
}

function awsPlaces(stacks: WrittenStacks): Places {
  const subnets = ["public", "private", "data", "intra"].map((tier) => ({
    name: `${tier} subnets`,
    addresses: Ranges.union(
      stacks
        .all("aws_subnet")
        .filter(({ values }) => text(block(values.tags).Name).includes(`-${tier}-`))
        .map(({ values }) => blockOf(values.cidr_block)),
    ),
  }));
  const { addresses: podNetwork = Ranges.none } = subnets.find(({ name }) => name === "private subnets") ?? {};
  if (podNetwork.empty) throw new Error("no private subnets are written: nobody knows where pods are");
  const vpc = Ranges.union(stacks.all("aws_vpc").map(({ values }) => blockOf(values.cidr_block)));
  const services = blocks(stacks.all("aws_eks_cluster").map(({ values }) => block(values.kubernetes_network_config)));
  const all = withTheRest([
    ...subnets,
    { name: "rest of the VPC", addresses: vpc.minus(Ranges.union(subnets.map(({ addresses }) => addresses))) },
    { name: "service addresses", addresses: Ranges.union(services.map(({ service_ipv4_cidr }) => blockOf(service_ipv4_cidr))) },
    { name: "pod identity agent", addresses: agent },
  ]);
  return { all, podNetwork };
}

function withTheRest(places: readonly Place[]): readonly Place[] {
  const rest: readonly Place[] = [
    { name: "link-local addresses", addresses: linkLocal },
    { name: "other private addresses", addresses: privateBlocks },
    { name: "internet", addresses: everywhere },
  ];
  return rest.reduce((all, { name, addresses }) => {
    const taken = Ranges.union(all.map((place) => place.addresses));
    return [...all, { name, addresses: addresses.minus(taken) }];
  }, places);
}
