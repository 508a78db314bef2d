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

/** The image keeps HOME and the client's configuration in /tmp; everything else is read-only. */
export const minioScratch = {
  mount: { name: "scratch", mountPath: "/tmp" },
  volume: { name: "scratch", emptyDir: {} },
};
