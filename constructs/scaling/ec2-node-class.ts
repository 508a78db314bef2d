import type { CustomResource } from "../addons/manifests";

/** How Karpenter starts a node on EC2. Karpenter's `EC2NodeClass`, of the cluster as a whole. */
export interface Ec2NodeClass extends CustomResource {
  readonly apiVersion: "karpenter.k8s.aws/v1";
  readonly kind: "EC2NodeClass";
  readonly spec: {
    /** An alias such as `al2023@v20260930`: the image of that release that fits the instance type, drivers of GPUs included. */
    readonly amiSelectorTerms: readonly { readonly alias: string }[];
    /** Name of the nodes' role. */
    readonly role: string;
    readonly subnetSelectorTerms: readonly { readonly id: string }[];
    readonly securityGroupSelectorTerms: readonly { readonly id: string }[];
    readonly metadataOptions: {
      readonly httpEndpoint: "enabled";
      readonly httpTokens: "required";
      readonly httpPutResponseHopLimit: number;
    };
    readonly blockDeviceMappings: readonly {
      readonly deviceName: string;
      readonly ebs: {
        /** With its unit, e.g. `100Gi`. */
        readonly volumeSize: string;
        readonly volumeType: "gp3";
        readonly encrypted: true;
        readonly deleteOnTermination: true;
      };
    }[];
    /** Whether CloudWatch measures each minute, not every five. */
    readonly detailedMonitoring: boolean;
    readonly tags: Readonly<Record<string, string>>;
  };
}
