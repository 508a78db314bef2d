import type { AttributeSchema, BlockSchema } from "../../../rehearsal/schemas/provider-schema";
import { committedSchemas } from "../../../rehearsal/schemas/committed-schemas";
import { replacingArguments } from "../../../rehearsal/simulation/replacing-arguments";
import table from "../../../rehearsal/simulation/replacing-paths.json";

const committed = Object.fromEntries(committedSchemas().flatMap((schema) => Object.entries(schema.resource_schemas)));
const lists = Object.entries(table);

/** What is wrong with a path, looked up in a schema; undefined when it leads to something that a configuration can set. */
function problem(block: BlockSchema, [name = "", ...rest]: readonly string[]): string | undefined {
  const attribute = block.attributes?.[name];
  const inner = block.block_types?.[name]?.block ?? attribute?.nested_type;
  if (rest.length > 0) return inner ? problem(inner, rest) : `no block ${name}`;
  if (attribute) return isArgument(attribute) ? undefined : `${name} is computed`;
  if (!inner) return `no argument ${name}`;
  return hasComputed(inner) ? `block ${name} has computed attributes, that change by themselves` : undefined;
}

function isArgument({ optional, required }: AttributeSchema): boolean {
  return (optional ?? false) || (required ?? false);
}

function hasComputed({ attributes = {}, block_types = {} }: BlockSchema): boolean {
  return Object.values(attributes).some((one) => !isArgument(one)) || Object.values(block_types).some(({ block }) => hasComputed(block));
}

describe("the table of replacing arguments", () => {
  it.each(lists.filter(([type]) => type in committed))("names arguments that %s has", (type, paths) => {
    const { block } = committed[type] ?? { block: {} };
    expect(paths.filter((path) => problem(block, path.split(".")) !== undefined)).toEqual([]);
  });

  it("has every type of the committed schemas", () => {
    expect(Object.keys(committed).filter((type) => !lists.some(([listed]) => listed === type))).toEqual([]);
  });

  it("is sorted, and names nothing twice", () => {
    const types = lists.map(([type]) => type);
    expect(types).toEqual([...new Set(types)].sort());
    expect(lists.filter(([, paths]) => JSON.stringify(paths) !== JSON.stringify([...new Set(paths)].sort()))).toEqual([]);
  });

  it("names nothing that is below another path already", () => {
    const covered = lists.flatMap(([type, paths]) =>
      paths.filter((path) => paths.some((other) => path.startsWith(`${other}.`))).map((path) => `${type}.${path}`),
    );
    expect(covered).toEqual([]);
  });

  it("has region wherever an AWS type takes one", () => {
    const regional = Object.keys(committed).filter(
      (type) => type.startsWith("aws_") && committed[type]?.block.attributes?.region?.optional,
    );
    expect(regional.filter((type) => !replacingArguments(type).includes("region"))).toEqual([]);
    expect(regional).toContain("aws_vpc");
  });
});

describe("replacingArguments", () => {
  it.each([
    ["aws_vpc", "cidr_block"],
    ["aws_subnet", "availability_zone"],
    ["aws_eks_cluster", "name"],
    ["aws_eks_cluster", "role_arn"],
    ["aws_eks_node_group", "subnet_ids"],
    ["aws_security_group", "description"],
    ["aws_db_instance", "storage_encrypted"],
    ["aws_db_instance", "username"],
    ["kubernetes_namespace_v1", "metadata.name"],
    ["kubernetes_stateful_set_v1", "spec.volume_claim_template.spec.storage_class_name"],
    ["kubernetes_job_v1", "spec.template.spec.container.image"],
    ["helm_release", "namespace"],
    ["random_password", "length"],
    ["kind_cluster", "kind_config"],
  ])("%s is replaced for another %s", (type, argument) => {
    expect(replacingArguments(type)).toContain(argument);
  });

  it.each([
    ["aws_eks_cluster", "version"],
    ["aws_eks_cluster", "deletion_protection"],
    ["aws_eks_cluster", "vpc_config"],
    ["aws_eks_node_group", "scaling_config"],
    ["aws_db_instance", "instance_class"],
    ["aws_db_instance", "engine_version"],
    ["aws_db_instance", "allocated_storage"],
    ["kubernetes_deployment_v1", "spec.replicas"],
    ["kubernetes_deployment_v1", "spec.template.spec.container"],
    ["kubernetes_stateful_set_v1", "spec.volume_claim_template.spec.resources.requests"],
    ["kubernetes_persistent_volume_claim_v1", "spec.resources.requests"],
    ["helm_release", "version"],
  ])("%s is changed in place for another %s", (type, argument) => {
    const touching = replacingArguments(type).filter((path) => `${path}.`.startsWith(`${argument}.`) || argument.startsWith(`${path}.`));
    expect(touching).toEqual([]);
  });

  it("never names tags, labels of the object or timeouts", () => {
    const inPlace = ["tags", "tags_all", "metadata", "metadata.labels", "metadata.annotations", "timeouts"];
    expect(lists.flatMap(([, paths]) => paths).filter((path) => inPlace.includes(path))).toEqual([]);
  });

  it("is empty for a type that is not listed", () => {
    expect(replacingArguments("aws_instance")).toEqual([]);
    expect(replacingArguments("constructor")).toEqual([]);
  });
});
