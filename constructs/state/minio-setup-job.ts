import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { createHash } from "node:crypto";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument } from "../identity/policy-document";
import { restrictedContainer, restrictedPod } from "../shared/pod-security";
import { minioPort, minioScratch, minioServiceName, minioSetupName } from "./minio";

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
const script = `set -eu
for attempt in $(seq 1 60); do mc ready store >/dev/null 2>&1 && break; sleep 2; done
mc mb --ignore-existing "store/$BUCKET"
mc version enable "store/$BUCKET"
mc admin user add store "$STATE_USER" "$STATE_PASSWORD"
mc admin policy create store state /setup/policy.json
mc admin policy detach store state --user "$STATE_USER" >/dev/null 2>&1 || true
mc admin policy attach store state --user "$STATE_USER"
`;

/** Creates the state bucket, and the user that may use it and nothing else. */
export class MinioSetupJob extends Construct {
  /** Escape hatch. */
  readonly resource: JobV1;

  constructor(scope: Construct, id: string, props: MinioSetupJobProps) {
    super(scope, id);
    const { namespace } = props;
    const data = { "setup.sh": script, "policy.json": statePolicy(props.bucketName) };
    const setup = new ConfigMapV1(this, "Script", { metadata: { name: minioSetupName, namespace }, data });
    const fromSecret = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: props.credentialsSecretName, key } } });
    this.resource = new JobV1(this, "Resource", {
      metadata: { name: minioSetupName, namespace },
      waitForCompletion: true,
      timeouts: { create: "5m" },
      spec: {
        backoffLimit: 5,
        template: {
          // A job runs once: what it does has to be part of it, or a change would never be carried out.
          metadata: { labels: { app: minioSetupName }, annotations: { "evenkeel/setup": digest(JSON.stringify(data)) } },
          spec: {
            restartPolicy: "Never",
            ...restrictedPod,
            container: [
              {
                name: "setup",
                image: props.image,
                command: ["sh", "/setup/setup.sh"],
                env: [
                  { name: "BUCKET", value: props.bucketName },
                  fromSecret("ROOT_USER", "rootUser"),
                  fromSecret("ROOT_PASSWORD", "rootPassword"),
                  fromSecret("STATE_USER", "stateUser"),
                  fromSecret("STATE_PASSWORD", "statePassword"),
                  // Read by mc: the alias `store`, without a configuration file and without secrets in arguments.
                  { name: "MC_HOST_store", value: `http://$(ROOT_USER):$(ROOT_PASSWORD)@${minioServiceName}:${minioPort}` },
                ],
                securityContext: restrictedContainer,
                resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
                volumeMount: [{ name: "setup", mountPath: "/setup", readOnly: true }, minioScratch.mount],
              },
            ],
            volume: [{ name: "setup", configMap: { name: setup.metadata.name } }, minioScratch.volume],
          },
        },
      },
      dependsOn: [...props.dependsOn],
    });
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
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
