import type { PolicyStatement } from "../identity/policy-document";

/** Lists a bucket and reads its objects. Earlier versions are out of reach: they have actions of their own. */
export function readStatements(bucketArn: string): readonly PolicyStatement[] {
  return [
    { Sid: "List", Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: [bucketArn] },
    { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${bucketArn}/*`] },
  ];
}

/** The same, writes and deletes. A deletion only hides an object: its versions stay. Uploads in parts can be listed and given up. */
export function readWriteStatements(bucketArn: string): readonly PolicyStatement[] {
  return [
    ...readStatements(bucketArn),
    { Sid: "ListUploads", Effect: "Allow", Action: ["s3:ListBucketMultipartUploads"], Resource: [bucketArn] },
    {
      Sid: "Write",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      Resource: [`${bucketArn}/*`],
    },
  ];
}
