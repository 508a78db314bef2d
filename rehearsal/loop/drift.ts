import { isValues, type Values } from "../protocol/values";
import type { StoredResource } from "./stored-resources";

/** What a change makes of a resource's values; undefined where it does not change this one. */
type Drift = (values: Values, others: readonly StoredResource[]) => Values | undefined;

/** What a platform changes by itself, as it should: no plan may want it back. */
const ofPlatform: Readonly<Record<string, Drift>> = {
  aws_eks_node_group: scaledNodes,
  aws_db_instance: (values) => {
    const changes = { ...patched(values, "engine_version"), ...grownStorage(values) };
    return Object.keys(changes).length === 0 ? undefined : { ...values, ...changes };
  },
  kubernetes_deployment_v1: (values, others) => scaledPods("Deployment", values, others),
  kubernetes_stateful_set_v1: (values, others) => scaledPods("StatefulSet", values, others),
};

/** What somebody changes by hand: the next plan says so. */
const ofPeople: Readonly<Record<string, Drift>> = {
  aws_vpc_security_group_ingress_rule: (values) => (values.cidr_ipv4 === "0.0.0.0/0" ? undefined : { ...values, cidr_ipv4: "0.0.0.0/0" }),
};

/** The resources of a stack that its platform has changed: replicas, nodes, minor versions and storage that grew. */
export function platformDrift(objects: readonly StoredResource[]): readonly StoredResource[] {
  return drifted(objects, (type) => ofPlatform[type]);
}

/** The resources of a stack after somebody has changed their tags or labels, and opened their rules. */
export function humanDrift(objects: readonly StoredResource[]): readonly StoredResource[] {
  return drifted(objects, (type) => ofPeople[type] ?? relabelled);
}

function drifted(objects: readonly StoredResource[], driftOf: (type: string) => Drift | undefined): readonly StoredResource[] {
  return objects.flatMap((object) => {
    const values = driftOf(object.type)?.(object.values, objects);
    return values === undefined ? [] : [{ ...object, values }];
  });
}

/** The cluster autoscaler has added a node, or taken one away. */
function scaledNodes(values: Values): Values | undefined {
  const [scaling] = blocks(values.scaling_config);
  if (scaling === undefined) return undefined;
  const { desired_size: desired, min_size: min, max_size: max } = scaling;
  if (typeof desired !== "number" || typeof min !== "number" || typeof max !== "number" || min === max) return undefined;
  return { ...values, scaling_config: [{ ...scaling, desired_size: desired < max ? desired + 1 : desired - 1 }] };
}

/** Something scales the pods: only then is their number the platform's. */
function scaledPods(kind: string, values: Values, others: readonly StoredResource[]): Values | undefined {
  const [spec] = blocks(values.spec);
  const [metadata] = blocks(values.metadata);
  if (spec === undefined || !others.some((other) => scales(other, kind, metadata))) return undefined;
  return { ...values, spec: [{ ...spec, replicas: String(Number(spec.replicas) + 1) }] };
}

function scales({ type, values }: StoredResource, kind: string, scaled: Values | undefined): boolean {
  if (!type.startsWith("kubernetes_horizontal_pod_autoscaler")) return false;
  if (blocks(values.metadata)[0]?.namespace !== scaled?.namespace) return false;
  const [spec] = blocks(values.spec);
  return blocks(spec?.scale_target_ref).some((target) => target.kind === kind && target.name === scaled?.name);
}

/** The cloud has put in a newer minor version: the provider shows it beside the asked one, where that is a beginning of it. */
function patched(values: Values, argument: string): Values {
  const { [argument]: asked, [`${argument}_actual`]: actual, auto_minor_version_upgrade: automatic } = values;
  if (typeof asked !== "string" || typeof actual !== "string" || automatic !== true) return {};
  const newer = actual.replace(/\d+$/, (minor) => String(Number(minor) + 1));
  return { [`${argument}_actual`]: newer, ...(newer.startsWith(`${asked}.`) ? {} : { [argument]: newer }) };
}

function grownStorage({ allocated_storage: size, max_allocated_storage: limit }: Values): Values {
  return typeof size === "number" && typeof limit === "number" && limit > size ? { allocated_storage: limit } : {};
}

/** A tag more; of labels one that the code has given, because what it leaves open some types take from the cluster. */
function relabelled(values: Values): Values | undefined {
  const tagged = (tags: unknown) => ({ ...(isValues(tags) ? tags : {}), owner: "somebody" });
  if ("tags_all" in values) return { ...values, tags: tagged(values.tags), tags_all: tagged(values.tags_all) };
  const [metadata] = blocks(values.metadata);
  const labels = isValues(metadata?.labels) ? metadata.labels : {};
  const [label] = Object.keys(labels);
  return label === undefined ? undefined : { ...values, metadata: [{ ...metadata, labels: { ...labels, [label]: "somebody" } }] };
}

function blocks(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.filter(isValues) : [];
}
