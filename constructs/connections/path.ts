/** Pods of a namespace. */
export interface Pods {
  readonly namespace: string;
  /** Labels of the pods. @default all pods of the namespace */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What is not a pod, or not one of ours; where it is depends on the target. */
export type PlaceName =
  /** The Kubernetes API server, as a client of webhooks and as a server. */
  | "api-server"
  /** The cluster's DNS: UDP and TCP 53. */
  | "dns"
  /** Nodes themselves: kubelets, and pods on the host's network. */
  | "nodes"
  /** What comes through a port of the laptop. Only there. */
  | "laptop"
  /** The load balancer in front of the cluster. Only in the cloud. */
  | "load-balancer"
  /** Where pods get credentials of AWS. Only in the cloud. */
  | "pod-identity-agent"
  /** Databases and caches that AWS runs, by their subnets. Only in the cloud. */
  | "data-stores"
  /** Endpoints of AWS services inside the network: HTTPS. Only in the cloud. */
  | "aws-endpoints"
  /** The public internet, private addresses excepted: HTTPS. */
  | "internet";

/** Somebody outside, by addresses. */
export interface Addresses {
  /** Blocks in CIDR notation. */
  readonly cidrs: readonly string[];
}

/** A port that something listens on. */
export interface Port {
  readonly port: number;
  /** @default TCP */
  readonly protocol?: "TCP" | "UDP";
}

/** Who talks, or is talked to. */
export type End = Pods | PlaceName | Addresses;

/** Somebody talks to somebody. One end at least are pods of ours; whatever is not listed is denied. */
export interface Path {
  readonly from: End;
  readonly to: End;
  /** Ports of the receiving end. @default those of the place that is talked to */
  readonly ports?: readonly Port[];
}

/** Every path once, where several parts bring the same. */
export function distinctPaths(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

/** The paths that operators have in common: to the API server and to DNS, and from the API server to their webhook. */
export function operatorPaths(pods: Pods, webhookPort?: number): readonly Path[] {
  return [
    { from: pods, to: "api-server" },
    { from: pods, to: "dns" },
    ...(webhookPort === undefined ? [] : [{ from: "api-server" as const, to: pods, ports: [{ port: webhookPort }] }]),
  ];
}
