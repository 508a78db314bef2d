import { blockOf } from "./addresses";
import { block, text, texts } from "./fields";
import { Ranges } from "./ranges";
import type { Group, SecurityGroups } from "./security-groups";
import { addressOf, type WrittenStacks, type Written } from "./written-stacks";

/** Something that AWS runs in the VPC. */
export interface Service {
  readonly name: string;
  readonly type: string;
  /** Addresses that it may have: those of its subnets. */
  readonly addresses: Ranges;
  readonly groups: readonly Group[];
}

/** Where each type says which groups and which subnets it is in. */
const types: Readonly<Record<string, (values: Written["values"]) => { readonly groups: unknown; readonly subnets: unknown }>> = {
  // A replica is in the subnets of its source.
  aws_db_instance: ({ db_subnet_group_name, replicate_source_db, vpc_security_group_ids }) => ({
    groups: vpc_security_group_ids,
    subnets: db_subnet_group_name ?? replicate_source_db,
  }),
  aws_db_proxy: ({ vpc_security_group_ids, vpc_subnet_ids }) => ({ groups: vpc_security_group_ids, subnets: vpc_subnet_ids }),
  aws_elasticache_replication_group: ({ security_group_ids, subnet_group_name }) => ({
    groups: security_group_ids,
    subnets: subnet_group_name,
  }),
  aws_lb: ({ security_groups, subnets }) => ({ groups: security_groups, subnets }),
  aws_vpc_endpoint: ({ security_group_ids, subnet_ids }) => ({ groups: security_group_ids, subnets: subnet_ids }),
  aws_eks_cluster: ({ vpc_config }) => ({ groups: block(vpc_config).security_group_ids, subnets: block(vpc_config).subnet_ids }),
};

/** What AWS runs in the VPC and pods talk to, or are talked to by. */
export function servicesOf(stacks: WrittenStacks, groups: SecurityGroups): readonly Service[] {
  return stacks
    .all(...Object.keys(types))
    .filter(({ values }) => values.vpc_endpoint_type !== "Gateway") // an entry of route tables, which has no address
    .map((written) => {
      const { stack, type, values } = written;
      const place = types[type]?.(values);
      const own = type === "aws_eks_cluster" ? [addressOf(written)] : [];
      return {
        name: addressOf(written),
        type,
        addresses: subnetsAt(stacks, stack, place?.subnets),
        groups: [...own, ...texts(place?.groups).map((reference) => groups.group(stack, reference))],
      };
    });
}

/** Blocks of subnets, given as references to them or to a group of them. */
function subnetsAt(stacks: WrittenStacks, stack: string, given: unknown): Ranges {
  if (Array.isArray(given)) return Ranges.union(given.map((reference) => subnetsAt(stacks, stack, reference)));
  const { resource } = stacks.target(stack, given) ?? {};
  if (resource?.type === "aws_subnet") return blockOf(text(resource.values.cidr_block));
  if (resource) return subnetsAt(stacks, resource.stack, resource.values.subnet_ids ?? resource.values.db_subnet_group_name);
  throw new Error(`${stack}: ${JSON.stringify(given)} is no subnet that is known`);
}
