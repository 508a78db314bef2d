import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { Lazy, type ITerraformDependable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { createHash } from "node:crypto";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";
import { minioPort, minioScratch, minioServiceName } from "./minio";

/** A variable of the job: text, or a key of a secret beside it. */
export type JobVariable =
  { readonly name: string; readonly value: string } | { readonly name: string; readonly secret: string; readonly key: string };

export interface MinioJobProps {
  /** Name of the job, of what it mounts, and label `app` of its pod. */
  readonly name: string;
  /** Namespace of the server. */
  readonly namespace: string;
  /** Image with the client `mc`. */
  readonly image: string;
  /** Secret with the keys rootUser and rootPassword. */
  readonly credentialsSecretName: string;
  /** What runs. It may be started several times; `store` is the server. */
  readonly script: string;
  /** Further files in `/setup`. */
  readonly files: Readonly<Record<string, string>>;
  readonly variables: readonly JobVariable[];
  readonly dependsOn: readonly ITerraformDependable[];
  /** What the job has to run again for when it is made anew. @default nothing */
  readonly repeatedFor?: readonly TerraformResource[];
}

/** How a script begins: it stops at the first error, and waits for a server that has just started. */
export const untilReady = `set -eu
for attempt in $(seq 1 60); do mc ready store >/dev/null 2>&1 && break; sleep 2; done`;

/** Sets something up in MinIO as its root user, once for each content of its files. */
export class MinioJob extends Construct {
  /** Escape hatch. */
  readonly resource: JobV1;

  constructor(scope: Construct, id: string, props: MinioJobProps) {
    super(scope, id);
    const { name, namespace, image } = props;
    const data = { "setup.sh": props.script, ...props.files };
    const setup = new ConfigMapV1(this, "Script", { metadata: { name, namespace }, data });
    const root = props.credentialsSecretName;
    this.resource = new JobV1(this, "Resource", {
      metadata: { name, namespace },
      waitForCompletion: true,
      timeouts: { create: "5m" },
      spec: {
        backoffLimit: 5,
        template: {
          // A job runs once: what it does has to be part of it, or a change would never be carried out.
          metadata: {
            labels: { app: name },
            annotations: { "evenkeel/setup": Lazy.stringValue({ produce: ({ resolve }) => digest(JSON.stringify(resolve(data))) }) },
          },
          spec: {
            restartPolicy: "Never",
            ...restrictedPod,
            container: [
              {
                name: "setup",
                image,
                command: ["sh", "/setup/setup.sh"],
                env: [
                  ...props.variables.map(variable),
                  variable({ name: "ROOT_USER", secret: root, key: "rootUser" }),
                  variable({ name: "ROOT_PASSWORD", secret: root, key: "rootPassword" }),
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
      ...(props.repeatedFor ? { lifecycle: { replaceTriggeredBy: props.repeatedFor.map(address) } } : {}),
    });
  }
}

function variable(given: JobVariable) {
  if ("value" in given) return given;
  const { name, secret, key } = given;
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

/** Terraform takes a plain address there, and cdktf would write a reference. */
function address({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
