import { aYearAfter, type LedgerEntry } from "./ledger-entry";

/** An add-on that EKS runs. Its day counts from when the version was what `aws eks describe-addon-versions` called the default. */
function addon(version: string, licence = "Apache-2.0"): LedgerEntry {
  return { version, source: "https://docs.aws.amazon.com/eks", licence, support: aYearAfter("2026-10-01") };
}

/** Add-ons of EKS by Kubernetes version. */
export const eksAddons = {
  "1.35": {
    "eks-pod-identity-agent": addon("v1.3.10-eksbuild.3"),
    "vpc-cni": addon("v1.22.4-eksbuild.3"),
    "kube-proxy": addon("v1.35.3-eksbuild.29"),
    coredns: addon("v1.13.2-eksbuild.31"),
    "aws-ebs-csi-driver": addon("v1.66.0-eksbuild.1"),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, LedgerEntry>>>>;

export type EksAddonName = keyof (typeof eksAddons)[keyof typeof eksAddons];
