import { z } from "zod";
import { awsDataFields } from "./aws-data-fields";
import { regions } from "./aws-regions";
import { cidr, domainName, flag, hostName, logRetentionDays, must, oneOf, pattern, timeOfDay, whole } from "./fields";
import { kubernetesVersions } from "./kubernetes-versions";
import { eksNodeGroup } from "./node-groups";
import { requestTimeoutSeconds } from "./platform-fields";

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
        /** For the control plane's interfaces, and for a load balancer that only the VPC reaches: /27 at least (ELB user guide). */
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
  /** The load balancer in front of the cluster. */
  ingress: z.strictObject({
    /** Who reaches it: the internet, or the VPC and what is connected to it. */
    access: oneOf(["internet", "vpc"]),
    timeoutSeconds: requestTimeoutSeconds(),
    /** The firewall for web requests. */
    waf: z.discriminatedUnion(
      "rules",
      [
        z.strictObject({
          /** The rule groups of AWS that fit any application, and a limit by address. */
          rules: z.literal("managed"),
          /** Requests that one address may send in five minutes. 10 to 2,000,000,000 is what WAF takes (wafv2, RateBasedStatement). */
          requestsPerFiveMinutes: whole(10, 2_000_000_000, "requests in five minutes"),
        }),
        z.strictObject({ rules: z.literal("none") }),
      ],
      must("managed or none", "say whether requests are filtered"),
    ),
    /** How long logs of requests are kept. */
    logRetentionDays: logRetentionDays(),
    /** Whether external-dns makes the DNS records that `DNSEndpoint`s ask for. `domain` and every name right below it have theirs without it. */
    externalDns: flag(),
  }),
  /** How pods become roles of AWS. IRSA is for who may not use Pod Identity, on Fargate for example. */
  identity: oneOf(["pod-identity", "irsa"]),
  /** Certificates for what ends TLS inside of the cluster. The load balancer's own come from ACM. */
  certificates: z.strictObject({
    /** Let's Encrypt's staging has generous limits and is trusted by nobody. */
    issuer: oneOf(["letsencrypt-staging", "letsencrypt-production"]),
    /** Who is told when a certificate is about to expire. */
    email: pattern(254, /^[\w.+-]+@([a-z0-9-]+\.)+[a-z]{2,}$/, "an e-mail address", "name somebody who reads it"),
  }),
  /** Workspace of Amazon Managed Service for Prometheus that metrics are written to as well. It is made by hand: several environments may share it. @default none */
  amp: z
    .strictObject({
      workspaceId: pattern(
        39,
        /^ws-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        "the id of a workspace, ws- and a UUID",
        "look it up with `aws amp list-workspaces`",
      ),
    })
    .optional(),
  /** When nobody works, and the nodes of a disposable environment are switched off. @default never */
  offHours: z
    .strictObject({
      /** Time zone of both times, e.g. `Europe/Berlin`. */
      timezone: pattern(
        64,
        /^([A-Z][A-Za-z_]+\/[A-Za-z_/+-]+|UTC)$/,
        "a time zone such as Europe/Berlin",
        "choose one of the IANA database",
      ),
      /** When the nodes go, every day: `HH:MM`. */
      stop: timeOfDay(),
      /** When they come back, from Monday to Friday: `HH:MM`. */
      start: timeOfDay(),
    })
    .optional(),
  ...awsDataFields,
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
