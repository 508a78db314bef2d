import type { Stacks } from "../checkov-report";
import { blocksOf, leavesOf, resourcesOf, type Resource } from "./rule";

/** How much of a security attribute there is: more is safer. What is left out is what AWS or Kubernetes takes then. */
type Strength = (value: unknown) => number;

const safeWhenTrue: Strength = (value) => (String(value) === "true" ? 1 : 0);
const safeWhenFalse: Strength = (value) => (String(value) === "true" ? 0 : 1);
const safeOnlyWhenFalse: Strength = (value) => (String(value) === "false" ? 1 : 0);
const more: Strength = (value) => Number(value ?? 0);
/** A key or a secret can be had back for 30 days without a number. */
const daysToHaveBack: Strength = (value) => Number(value ?? 30);
const fewer: Strength = (value) => -Number(value ?? 0);
/** CloudWatch keeps logs forever without a number, or with 0. */
const longer: Strength = (value) => Number(value ?? 0) || Infinity;

/** Attributes that say how safe a resource is, by their last name: whatever has them is compared, also what is built later. */
const strengths: Readonly<Record<string, Strength>> = {
  ...every(safeWhenTrue, [
    ...["at_rest_encryption_enabled", "block_public_acls", "block_public_policy", "copy_tags_to_snapshot", "deletion_protection"],
    ...["drop_invalid_header_fields", "enable_deletion_protection", "enable_key_rotation", "encrypted", "endpoint_private_access"],
    ...["iam_database_authentication_enabled", "ignore_public_acls", "manage_master_user_password", "multi_az", "multi_az_enabled"],
    ...["performance_insights_enabled", "prevent_destroy", "read_only_root_filesystem", "require_tls", "restrict_public_buckets"],
    ...["run_as_non_root", "scan_on_push", "storage_encrypted", "transit_encryption_enabled"],
  ]),
  ...every(safeWhenFalse, [
    ...["delete_automated_backups", "force_delete", "force_destroy", "host_ipc", "host_network", "host_pid", "map_public_ip_on_launch"],
    ...["privileged", "publicly_accessible", "skip_final_snapshot"],
  ]),
  ...every(safeOnlyWhenFalse, ["allow_privilege_escalation", "automount_service_account_token", "endpoint_public_access"]),
  ...every(more, ["backup_retention_period", "snapshot_retention_limit"]),
  ...every(daysToHaveBack, ["deletion_window_in_days", "recovery_window_in_days"]),
  ...every(longer, ["retention_in_days"]),
  ...every(fewer, ["http_put_response_hop_limit"]),
};

/** Types that guard others: one that a lower environment has, and a higher has not, leaves something open. */
const guards =
  /^(aws_(flow_log|s3_bucket_(logging|policy|public_access_block|server_side_encryption_configuration|versioning)|wafv2_\w+)|kubernetes_(network_policy|resource_quota|limit_range)_v1)$/;

/**
 * Where a higher environment is less safe than one before it. Resources are the same when their layer and address are; parity compares
 * what capabilities promise, this what any resource says.
 */
export function weakerThan(lower: Stacks, higher: Stacks): readonly string[] {
  const others = new Map(resourcesOf(higher).map((resource) => [withoutEnvironment(resource), resource]));
  return resourcesOf(lower).flatMap((resource) => {
    const other = others.get(withoutEnvironment(resource));
    if (other) return weaknesses(resource, other);
    const owner = guarded(resource);
    const isOpen = guards.test(resource.type) && (owner === undefined || others.has(owner));
    return isOpen ? [`${resource.address} guards something, and has no counterpart above`] : [];
  });
}

/** What a guard guards, where it says so: a bucket or a namespace that is not there above leaves nothing open. */
function guarded({ address, values }: Resource): string | undefined {
  const { namespace } = blocksOf(values.metadata)[0] ?? {};
  const [, owner] = /^\$\{((?:aws_s3_bucket|kubernetes_namespace_v1)\.[\w-]+)\./.exec(String(values.bucket ?? namespace)) ?? [];
  return owner === undefined ? undefined : `${layerOf(address)}: ${owner}`;
}

function weaknesses(lower: Resource, higher: Resource): readonly string[] {
  const before = securityOf(lower);
  const after = securityOf(higher);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path) => {
    const strength = strengths[path.split(".").at(-1) ?? ""];
    if (!strength || strength(after[path]) >= strength(before[path])) return [];
    return [
      `${higher.address}: ${path} is ${String(after[path])}, must be as safe as ${String(before[path])} in ${lower.address.split("-")[0]}`,
    ];
  });
}

/** Security attributes by their path; a single block has an index or not, as cdktf writes it. */
function securityOf({ values }: Resource): Readonly<Record<string, unknown>> {
  const leaves = leavesOf(values).filter(({ path }) => (path.split(".").at(-1) ?? "") in strengths);
  return Object.fromEntries(leaves.map(({ path, value }) => [path.replace(/\.0\./g, "."), value]));
}

function withoutEnvironment({ address }: Resource): string {
  return `${layerOf(address)}: ${address.split(": ")[1] ?? ""}`;
}

/** `data` of `prod-data: aws_db_instance.Database_1`. */
function layerOf(address: string): string {
  return (address.split(": ")[0] ?? "").replace(/^[a-z]+-/, "");
}

function every(strength: Strength, names: readonly string[]): Readonly<Record<string, Strength>> {
  return Object.fromEntries(names.map((name) => [name, strength]));
}
