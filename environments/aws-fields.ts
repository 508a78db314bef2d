import { z } from "zod";
import { regions } from "./aws-regions";
import { cidr, domainName, hostName, logRetentionDays, must, oneOf, pattern, whole } from "./fields";
import { kubernetesVersions } from "./kubernetes-versions";
import { eksNodeGroup } from "./node-groups";

const network = z.discriminatedUnion(
  "vpc",
  [
    z.strictObject({
      /** The environment gets a VPC of its own. */
      vpc: z.literal("create"),
      /** Addresses of the VPC. A /16 has room for about 32,000 pods. AWS takes /16 to /28; below /20 the subnets get too small for EKS. */
      cidr: cidr(16, 20),
      /** NAT gateways: `one` is cheaper, `one-per-zone` survives the loss of a zone. */
      nat: oneOf(["one", "one-per-zone"]),
      /** How long flow logs are kept. */
      flowLogRetentionDays: logRetentionDays(),
    }),
    z.strictObject({
      /** The environment moves into a VPC that somebody else owns. It needs the endpoints and routes that `AwsVpc` makes. */
      vpc: z.literal("existing"),
      vpcId: resourceId("vpc"),
      /** Addresses of the VPC. */
      cidr: cidr(16, 28),
      /** One subnet per zone, in the order of `zones`. */
      subnetIds: z.strictObject({
        /** For load balancers that face the internet. */
        public: subnetIds(),
        /** For nodes and pods. */
        private: subnetIds(),
        /** For databases and caches. */
        data: subnetIds(),
        /** For the control plane's interfaces. */
        intra: subnetIds(),
      }),
    }),
  ],
  must("create or existing", "say whether the environment gets its own VPC"),
);

const endpoint = z.discriminatedUnion(
  "access",
  [
    z.strictObject({
      /** The API server is reached from within the VPC only. */
      access: z.literal("private"),
      /** How people and CI get there. */
      reach: z.discriminatedUnion(
        "by",
        [
          z.strictObject({
            by: z.literal("vpn"),
            /** Addresses behind the VPN that may reach the API server. */
            cidrs: z.array(cidr(8, 32)).min(1, must("at least one block", "add the VPN's addresses")),
          }),
          z.strictObject({
            by: z.literal("tunnel"),
            /** Local end of the tunnel, e.g. `localhost:8443`. */
            address: hostAndPort(),
            /** Host name in the API server's certificate, e.g. `ABC123.gr7.eu-central-1.eks.amazonaws.com`. */
            tlsServerName: hostName(),
          }),
        ],
        must("vpn or tunnel", "say how the endpoint is reached"),
      ),
    }),
    z.strictObject({
      /** The API server is reached from listed blocks of the internet as well. */
      access: z.literal("public"),
      cidrs: z
        .array(cidr(8, 32))
        .min(1, must("at least one block", "list the offices' addresses, or set access to private"))
        .max(40, must("at most 40 blocks", "merge blocks")), // eks:CreateCluster
    }),
  ],
  must("private or public", "say who reaches the API server"),
);

/** Fields of an environment on AWS. */
export const awsFields = {
  /** Account that the environment lives in. Everything refuses to run in another one. */
  accountId: pattern(12, /^\d{12}$/, "12 digits", "look it up with `aws sts get-caller-identity`"),
  region: oneOf(regions),
  /** Availability zones. */
  zones: z
    .array(
      pattern(20, /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "a zone such as eu-central-1a", "look it up with `aws ec2 describe-availability-zones`"),
    )
    .min(2, must("at least 2 zones", "add a zone: EKS and load balancers need two")) // EKS user guide, network requirements
    .max(4, must("at most 4 zones", "remove one: subnets are laid out for four")),
  /** Route 53 zone that holds `domain`. */
  hostedZone: z.strictObject({
    id: pattern(32, /^Z[A-Z0-9]{7,31}$/, "the id of a Route 53 zone", "look it up with `aws route53 list-hosted-zones`"),
    name: domainName(),
  }),
  network,
  /** The EKS cluster. */
  cluster: z.strictObject({
    /** Kubernetes version. */
    version: oneOf(kubernetesVersions),
    /** Addresses of services. */
    serviceCidr: cidr(12, 24), // eks:CreateCluster, serviceIpv4Cidr
    endpoint,
    /** IAM principals with every right, as they stand behind the account in the ARN: `role/<path and name>` or `user/<name>`. */
    admins: z.array(principal()).min(1, must("at least one principal", "without one nobody could use the cluster")),
    /** IAM principals that may look, secrets excepted. */
    viewers: z.array(principal()),
    /** How long the control plane's logs are kept. */
    logRetentionDays: logRetentionDays(),
    /** Managed node groups. */
    nodeGroups: z.array(eksNodeGroup).min(1, must("at least one node group", "add one that serves every placement")),
  }),
  /** ECR. */
  registry: z.strictObject({
    /** Tagged images that each repository keeps. */
    keepImages: whole(1, 1000, "images"),
  }),
};

function principal() {
  return pattern(
    512,
    /^(role|user)\/[\w+=,.@/-]*[\w+=,.@-]$/,
    "role/<path and name> or user/<name>",
    "leave out the part of the ARN up to the account; an SSO role keeps its path",
  );
}

function hostAndPort() {
  return pattern(255, /^[a-z0-9][a-z0-9.-]*:\d{1,5}$/, "host:port", "name the tunnel's local end").refine(
    (address) => Number(address.split(":").at(-1)) >= 1 && Number(address.split(":").at(-1)) <= 65535,
    must("host:port with a port from 1 to 65535", "name the tunnel's local end"),
  );
}

function resourceId(prefix: string) {
  return pattern(
    32,
    new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
    `an id such as ${prefix}-0123456789abcdef0`,
    "look it up in the VPC console",
  );
}

function subnetIds() {
  return z.array(resourceId("subnet"));
}
