/** User and group of our own pods: any but root. */
const user = 1000;

/** What each of our own pods has in its spec: it passes the Pod Security Standard `restricted`, and cannot ask the API server anything. */
export const restrictedPod = {
  automountServiceAccountToken: false,
  enableServiceLinks: false, // they would set variables that a server takes for its own, such as MINIO_PORT
  securityContext: {
    runAsNonRoot: true,
    runAsUser: String(user),
    runAsGroup: String(user),
    fsGroup: String(user),
    seccompProfile: { type: "RuntimeDefault" },
  },
};

/** Security context of containers that pass `restricted`. What they write goes to volumes. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
