import { arn, codeAfter, joined, nameOf, regional, regionOf, tagged } from "./aws-values";
import { always, textAt, uuid } from "./common-values";
import type { ResourceValues, ValueContext, ValueTable } from "./value-table";

/** Buckets with what is set on them, and registries of images. */
export const awsStorage: ValueTable = {
  aws_s3_bucket: {
    planned: { ...regional, ...tagged },
    applied: {
      ...always("", "acceleration_status", "acl", "policy", "website_domain", "website_endpoint"),
      id: bucketName,
      arn: (context) => `arn:aws:s3:::${bucketName(context)}`,
      bucket: bucketName,
      bucket_prefix: (context) => (textAt(context, "bucket") === undefined ? "terraform-" : ""),
      bucket_domain_name: (context) => `${bucketName(context)}.s3.amazonaws.com`,
      bucket_region: regionOf,
      bucket_regional_domain_name: (context) => `${bucketName(context)}.s3.${regionOf(context)}.amazonaws.com`,
      hosted_zone_id: codeAfter("Z", 13),
      "lifecycle_rule.id": (context) => `tf-s3-lifecycle-${context.hex(26, "lifecycle rule")}`,
      object_lock_enabled: () => false,
      request_payer: () => "BucketOwner",
    },
  },
  aws_s3_bucket_cors_configuration: onBucket(),
  aws_s3_bucket_lifecycle_configuration: {
    planned: {
      ...regional,
      ...always(null, ...["object_size_greater_than", "object_size_less_than"].map((name) => `rule.filter.${name}`)),
      ...always(0, "rule.expiration.days", "rule.transition.days"),
      ...always(0, ...["object_size_greater_than", "object_size_less_than"].map((name) => `rule.filter.and.${name}`)),
      ...always("", "rule.prefix", "rule.filter.prefix", "rule.filter.and.prefix"),
      "rule.expiration.expired_object_delete_marker": () => false,
      transition_default_minimum_object_size: () => "all_storage_classes_128K",
    },
    applied: { id: ofBucket, expected_bucket_owner: () => "" },
  },
  aws_s3_bucket_logging: onBucket({ "target_grant.grantee.display_name": () => "" }),
  aws_s3_bucket_object_lock_configuration: onBucket(),
  aws_s3_bucket_ownership_controls: onBucket(),
  aws_s3_bucket_policy: onBucket(),
  aws_s3_bucket_public_access_block: onBucket(),
  aws_s3_bucket_replication_configuration: onBucket(),
  aws_s3_bucket_server_side_encryption_configuration: onBucket(),
  aws_s3_bucket_versioning: onBucket({ "versioning_configuration.mfa_delete": () => "" }),
  aws_ecr_repository: {
    planned: { ...regional, ...tagged },
    applied: {
      id: joined("", "name"),
      arn: (context) => arn(context, "ecr", `repository/${textAt(context, "name")}`),
      registry_id: ({ account }) => account,
      repository_url: (context) => `${context.account}.dkr.ecr.${regionOf(context)}.amazonaws.com/${textAt(context, "name")}`,
      "encryption_configuration.kms_key": (context) =>
        textAt(context, "encryption_configuration", "encryption_type") === "KMS" ? arn(context, "kms", `key/${uuid(context)}`) : "",
    },
  },
  aws_ecr_lifecycle_policy: ofRepository(),
  aws_ecr_repository_policy: ofRepository(),
};

function bucketName(context: ValueContext): string {
  return nameOf(context, "bucket");
}

/** A setting of a bucket has the bucket's name for an id, and with it the owner that it insists on. */
function ofBucket(context: ValueContext): string | undefined {
  const [bucket, owner] = [textAt(context, "bucket"), textAt(context, "expected_bucket_owner")];
  return owner === undefined ? bucket : `${bucket},${owner}`;
}

function onBucket(applied: ResourceValues["applied"] = {}): ResourceValues {
  return { planned: regional, applied: { ...applied, id: ofBucket } };
}

function ofRepository(): ResourceValues {
  return { planned: regional, applied: { id: joined("", "repository"), registry_id: ({ account }) => account } };
}
