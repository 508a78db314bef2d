/** Kubernetes groups of the people who use a cluster. Access entries of EKS put them there, role bindings name them. */
export const accessGroups = { admins: "evenkeel:admins", viewers: "evenkeel:viewers" } as const;
