/** Name of MinIO's service, and of what belongs to it. */
export const minioServiceName = "minio";

/** Port of the S3 API. */
export const minioPort = 9000;

/** The image keeps HOME and the client's configuration in /tmp; everything else is read-only. */
export const minioScratch = {
  mount: { name: "scratch", mountPath: "/tmp" },
  volume: { name: "scratch", emptyDir: {} },
};
