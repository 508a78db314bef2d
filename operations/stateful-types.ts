import { parse } from "yaml";
import type { PlanJson, ResourceChange } from "./plan-changes";

/** Types whose loss costs data, a name that others rely on, or the environment, and what is lost. Whoever adds such a resource adds its type. */
export const statefulTypes: Readonly<Record<string, string>> = {
  aws_backup_vault: "with its backups",
  aws_cloudwatch_log_group: "the record of what happened",
  aws_db_instance: "with its data",
  aws_ecr_repository: "with its images",
  aws_eip: "partners have let the address in",
  aws_eks_cluster: "with everything in it",
  aws_eks_node_group: "with everything that runs on it",
  aws_elasticache_replication_group: "with its data",
  aws_kms_key: "and everything under it",
  aws_lb: "with everything that is under way to the environment",
  aws_s3_bucket: "with its objects",
  aws_secretsmanager_secret: "pods read it by its name, which AWS keeps for 30 days",
  aws_subnet: "with what is in it",
  aws_vpc: "with what is in it",
  helm_release: "with the types that it brought goes every object of them",
  kind_cluster: "with everything in it",
  kubernetes_namespace_v1: "with everything in it",
  kubernetes_persistent_volume_claim_v1: "with its data",
  kubernetes_stateful_set_v1: "with its pods",
  random_bytes: "nobody reads what it has encrypted",
  random_password: "whoever has the old one is locked out",
};

/** Kinds of custom resources that hold nothing: what makes them again makes them the same. */
const rebuilt = ["ExternalSecret", "HTTPRoute", "PodMonitor", "PrometheusRule", "ScaledObject", "ServiceMonitor", "TargetGroupBinding"];

/** Something that would be lost. */
export interface Loss {
  readonly address: string;
  readonly fate: "destroyed" | "replaced";
  /** E.g. `with its data`. */
  readonly cost: string;
}

/** What a plan would destroy or replace of what keeps something. */
export function lossesIn({ resource_changes = [] }: PlanJson): readonly Loss[] {
  return resource_changes.flatMap((resource): readonly Loss[] => {
    const { actions } = resource.change;
    const cost = statefulTypes[resource.type];
    if (cost === undefined || !actions.includes("delete") || isRebuilt(resource)) return [];
    return [{ address: resource.address, fate: actions.includes("create") ? "replaced" : "destroyed", cost }];
  });
}

/** One line for each, e.g. `aws_db_instance.Main would be replaced, with its data`. */
export function lossLines(losses: readonly Loss[]): readonly string[] {
  return losses.map(({ address, fate, cost }) => `${address} would be ${fate}, ${cost}`);
}

/** A release of our own chart that has nothing but objects of {@link rebuilt} kinds. */
function isRebuilt({ type, change: { before } }: ResourceChange): boolean {
  if (type !== "helm_release" || !isRecord(before) || !Array.isArray(before.values)) return false;
  const documents = before.values.map((document): unknown => parse(String(document)));
  const manifests = documents.flatMap((values) => (isRecord(values) && Array.isArray(values.manifests) ? values.manifests : [undefined]));
  return manifests.length > 0 && manifests.every((manifest) => isRecord(manifest) && rebuilt.includes(String(manifest.kind)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
