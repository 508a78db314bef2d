import type { ServiceRoleProps } from "./service-role";

export interface PodIdentityTrustOptions {
  readonly accountId: string;
  readonly clusterArn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Trust in one service account of one cluster, by Pod Identity. Without the conditions any association of the account could take the role. */
export function podIdentityTrust(
  options: PodIdentityTrustOptions,
): Pick<ServiceRoleProps, "service" | "trustedActions" | "trustCondition"> {
  return {
    service: "pods.eks.amazonaws.com",
    trustedActions: ["sts:AssumeRole", "sts:TagSession"],
    trustCondition: {
      StringEquals: {
        "aws:SourceAccount": options.accountId,
        "aws:RequestTag/kubernetes-namespace": options.namespace,
        "aws:RequestTag/kubernetes-service-account": options.serviceAccount,
      },
      ArnEquals: { "aws:SourceArn": options.clusterArn },
    },
  };
}
