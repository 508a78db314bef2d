import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import type { Construct } from "constructs";
import type { PolicyStatement } from "../identity/policy-document";

/** Closes a bucket to the public and to object ACLs. */
export function closeBucket(scope: Construct, bucket: string): void {
  new S3BucketPublicAccessBlock(scope, "PublicAccessBlock", {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, "Ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
}

/** Refuses plain HTTP and TLS below 1.2. */
export function denyInsecureTransport(bucketArn: string): readonly PolicyStatement[] {
  const everything = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucketArn, `${bucketArn}/*`] } as const;
  return [
    { Sid: "DenyPlainHttp", ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "DenyOldTls", ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ];
}
