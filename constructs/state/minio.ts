import type { Path, Pods } from "../connections/path";

/** Name of MinIO's service, and of what belongs to it. */
export const minioServiceName = "minio";

/** Namespace of the state store. */
export const stateStoreNamespace = "state-store";

/** Secret in that namespace with the root user's name and password, `rootUser` and `rootPassword`. */
export const minioCredentialsName = "minio-credentials";

/** Name of the job that sets the server up. */
export const minioSetupName = "minio-setup";

/** Port of the S3 API. */
export const minioPort = 9000;

/** URL of the S3 API, as pods see it. */
export const minioUrl = `http://${minioServiceName}.${stateStoreNamespace}.svc:${minioPort}`;

/** MinIO's default region. */
export const minioRegion = "us-east-1";

/** The way of pods to the server. */
export function minioPaths(pods: Pods): readonly Path[] {
  return [
    { from: pods, to: { namespace: stateStoreNamespace, labels: { app: minioServiceName } }, ports: [{ port: minioPort }] },
    { from: pods, to: "dns" },
  ];
}

/** The image keeps HOME and the client's configuration in /tmp; everything else is read-only. */
export const minioScratch = {
  mount: { name: "scratch", mountPath: "/tmp" },
  volume: { name: "scratch", emptyDir: {} },
};
