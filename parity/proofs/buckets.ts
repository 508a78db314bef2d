import type { Proof } from "../capability";
import { is, matches, must, mustBeAtLeast, refersTo, type Finding } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { destroyRefused, required, rotatedKey } from "./required";

/** Where logs of requests go: a bucket beside those that the capability is about. */
const logs = "AccessLogs";

/** Buckets of S3 that hold what the capability is about. */
export function buckets(own: Parts): readonly Place[] {
  return own.without(logs).all("aws_s3_bucket");
}

/** A proof about a setting of every bucket, made by a resource of its own. */
function setting(type: string, findings: (setting: Place, bucket: Place) => readonly Finding[], of = buckets): Proof {
  return (own) => of(own).flatMap((bucket) => required(bucket, own.of(type, ["bucket"], bucket), type, (place) => findings(place, bucket)));
}

/** Those for logs, too. */
const allBuckets = (own: Parts) => own.all("aws_s3_bucket");

/** What buckets of S3 show, whatever they hold. */
export const s3 = {
  refusesPlainText: setting(
    "aws_s3_bucket_policy",
    (policy) => {
      const isMeant = (statement: Place) => statement.at("Condition", "Bool", "aws:SecureTransport").value !== undefined;
      const denial = policy.at("policy").as("json").at("Statement").item(isMeant);
      return [
        must(denial.at("Effect"), is("Deny")),
        must(denial.at("Principal"), is("*")),
        must(denial.at("Action"), is("s3:*")),
        must(denial.at("Condition"), is({ Bool: { "aws:SecureTransport": "false" } })),
        must(denial.at("Resource", 0), refersTo("aws_s3_bucket")),
        must(denial.at("Resource", 1), matches(/^\$\{aws_s3_bucket\.[^}]*\}\/\*$/)),
      ];
    },
    allBuckets,
  ),
  ownKey: setting("aws_s3_bucket_server_side_encryption_configuration", (encryption) => {
    const byDefault = encryption.at("rule", 0, "apply_server_side_encryption_by_default");
    return [must(byDefault.at("sse_algorithm"), is("aws:kms")), must(byDefault.at("kms_master_key_id"), refersTo("aws_kms_key"))];
  }),
  keyRotated: ((own, environment) =>
    own
      .without(logs)
      .all("aws_s3_bucket_server_side_encryption_configuration")
      .flatMap((encryption) =>
        rotatedKey(encryption.at("rule", 0, "apply_server_side_encryption_by_default", "kms_master_key_id"), environment),
      )) satisfies Proof,
  withoutAccessLists: setting(
    "aws_s3_bucket_ownership_controls",
    (ownership) => [must(ownership.at("rule", "object_ownership"), is("BucketOwnerEnforced"))],
    allBuckets,
  ),
  /** S3 keeps every object in at least three zones (S3 user guide, "Data protection"), unless a rule moves it to a class that does not. */
  severalZones: setting("aws_s3_bucket_lifecycle_configuration", (lifecycle) =>
    lifecycle
      .at("rule")
      .items()
      .map((rule) => must(rule.at("transition"), areInSeveralZones)),
  ),
  keepsVersions: setting("aws_s3_bucket_lifecycle_configuration", (lifecycle) => {
    const expiry = lifecycle.at("rule").item((rule) => rule.at("noncurrent_version_expiration").value !== undefined);
    return [
      must(expiry.at("status"), is("Enabled")),
      ...required(lifecycle, expiry.at("noncurrent_version_expiration").items(), "expiry of versions", (versions) => [
        mustBeAtLeast(1, versions.at("noncurrent_days")),
      ]),
    ];
  }),
  versioned: setting("aws_s3_bucket_versioning", (versioning) => [
    must(versioning.at("versioning_configuration", "status"), is("Enabled")),
  ]),
  closedToThePublic: setting(
    "aws_s3_bucket_public_access_block",
    (block) =>
      ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((flag) =>
        must(block.at(flag), is(true)),
      ),
    allBuckets,
  ),
  logsRequests: setting("aws_s3_bucket_logging", (logging) => [must(logging.at("target_bucket"), refersTo("aws_s3_bucket"))]),
  /** @param forced what `force_destroy` may be: nothing where it is never given */
  lossRefused:
    (forced: false | undefined): Proof =>
    (own) =>
      buckets(own).flatMap((bucket) => [destroyRefused(bucket), must(bucket.at("force_destroy"), is(forced))]),
};

function areInSeveralZones(transitions: unknown): boolean {
  if (transitions === undefined) return true;
  return (
    Array.isArray(transitions) &&
    transitions.every((one: { readonly storage_class?: string }) => !/^(ONEZONE|EXPRESS)/.test(one.storage_class ?? "ONEZONE"))
  );
}
