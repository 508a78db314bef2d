import type { PlaceName, Pods, Port } from "./path";

/** Addresses, some of them left out. */
export interface Block {
  readonly cidr: string;
  /** Blocks within it that are not meant. */
  readonly except?: readonly string[];
}

/** Where something is that is not a pod of ours. */
export interface Place {
  /** By its addresses, or as pods of Kubernetes' own. */
  readonly at: readonly Block[] | Pods;
  /** Ports that it listens on. Without any, a path has to name them. */
  readonly ports: readonly Port[];
}

/** Every place of a target; undefined where the target has none. */
export type Places = Readonly<Record<PlaceName, Place | undefined>>;

/** CoreDNS, in EKS and in Kind alike. */
export const clusterDns: Place = {
  at: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  ports: [{ port: 53, protocol: "UDP" }, { port: 53 }],
};

/** Private address space (RFC 1918). */
export const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;
/** Link-local block (RFC 3927), which the metadata service is in. */
export const linkLocal = "169.254.0.0/16";

/** The internet by HTTPS. Nothing private is part of it, the metadata service least of all. */
export const publicInternet: Place = { at: [{ cidr: "0.0.0.0/0", except: [...privateBlocks, linkLocal] }], ports: [{ port: 443 }] };
