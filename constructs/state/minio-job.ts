import type { Construct } from "constructs";
import { ScriptJob, type ScriptJobProps } from "../jobs/script-job";
import { minioPort, minioServiceName } from "./minio";

export interface MinioJobProps extends ScriptJobProps {
  /** Secret with the keys rootUser and rootPassword. */
  readonly credentialsSecretName: string;
}

/** How a script begins: it stops at the first error, and waits for a server that has just started. `store` is the server. */
export const untilReady = `set -eu
for attempt in $(seq 1 60); do mc ready store >/dev/null 2>&1 && break; sleep 2; done`;

/** Sets something up in MinIO as its root user, beside the server, with the client `mc`. */
export class MinioJob extends ScriptJob {
  constructor(scope: Construct, id: string, { credentialsSecretName: secret, ...props }: MinioJobProps) {
    super(scope, id, {
      ...props,
      variables: [
        ...props.variables,
        { name: "ROOT_USER", secret, key: "rootUser" },
        { name: "ROOT_PASSWORD", secret, key: "rootPassword" },
        // Read by mc: the alias `store`, without a configuration file and without secrets in arguments.
        { name: "MC_HOST_store", value: `http://$(ROOT_USER):$(ROOT_PASSWORD)@${minioServiceName}:${minioPort}` },
      ],
    });
  }
}
