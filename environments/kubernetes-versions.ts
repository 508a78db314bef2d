/**
 * Kubernetes versions that may be chosen: in EKS' standard support for months to come, with a version of each add-on
 * in `constructs/cluster/eks-addons.ts`. Standard support of 1.35 ends on 2027-03-27, that of 1.34 on 2026-12-02.
 */
export const kubernetesVersions = ["1.35"] as const;
export type KubernetesVersion = (typeof kubernetesVersions)[number];
