import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { policyDocument } from "../identity/policy-document";
import { minioSetupName } from "./minio";
import { MinioJob, untilReady } from "./minio-job";

export interface MinioSetupJobProps {
  readonly namespace: string;
  /** Image with the client `mc`. */
  readonly image: string;
  readonly bucketName: string;
  /** Secret with the keys rootUser, rootPassword, stateUser and statePassword. */
  readonly credentialsSecretName: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Every step may be repeated: a job that failed half-way starts again from the top. */
const script = `${untilReady}
mc mb --ignore-existing "store/$BUCKET"
mc version enable "store/$BUCKET"
mc encrypt set sse-s3 "store/$BUCKET"
mc admin user add store "$STATE_USER" "$STATE_PASSWORD"
mc admin policy create store state /setup/policy.json
mc admin policy detach store state --user "$STATE_USER" >/dev/null 2>&1 || true
mc admin policy attach store state --user "$STATE_USER"
`;

/** Creates the state bucket, encrypted, and the user that may use it and nothing else. */
export class MinioSetupJob extends MinioJob {
  constructor(scope: Construct, id: string, props: MinioSetupJobProps) {
    const { namespace, image, bucketName, credentialsSecretName: secret, dependsOn } = props;
    super(scope, id, {
      name: minioSetupName,
      namespace,
      image,
      credentialsSecretName: secret,
      script,
      files: { "policy.json": statePolicy(bucketName) },
      variables: [
        { name: "BUCKET", value: bucketName },
        { name: "STATE_USER", secret, key: "stateUser" },
        { name: "STATE_PASSWORD", secret, key: "statePassword" },
      ],
      dependsOn,
    });
  }
}

/** What Terraform's S3 backend does: list the bucket, read and write states, put and remove locks. */
function statePolicy(bucketName: string): string {
  const bucket = `arn:aws:s3:::${bucketName}`;
  return policyDocument(
    { Sid: "List", Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: [bucket] },
    { Sid: "States", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: [`${bucket}/*`] },
    { Sid: "Locks", Effect: "Allow", Action: ["s3:DeleteObject"], Resource: [`${bucket}/*.tflock`] },
  );
}
