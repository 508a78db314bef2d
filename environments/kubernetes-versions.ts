import { engines } from "../constructs/ledger/engines";

export type KubernetesVersion = keyof typeof engines.kubernetes;

/**
 * Kubernetes versions that may be chosen: in EKS' standard support for months to come, with a version of each add-on
 * in `constructs/ledger/eks-addons.ts`.
 */
export const kubernetesVersions = Object.keys(engines.kubernetes) as [KubernetesVersion, ...KubernetesVersion[]];
