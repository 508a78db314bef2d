import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import type { Placement } from "../../environments/node-groups";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { registryTrust } from "../registry/registry-trust";
import { localNames } from "../shared/naming";
import { localPaths } from "../shared/local-paths";
import type { ClusterProps, ICluster, KubeconfigAccess, Scheduling } from "./cluster";
import { KindClusterResource, type KindNode } from "./kind-cluster-resource";
import { nodePorts } from "./node-ports";
import { nodeLabels, schedulingFor } from "./scheduling";

export interface KindClusterProps extends ClusterProps {
  readonly environment: LocalEnvironment;
}

/** Kind cluster whose workers stand for the cloud's node groups, labels and taints included. */
export class KindCluster extends Construct implements ICluster, Recorded {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly access: KubeconfigAccess;
  /** Nodes pull from the local registry without asking who. */
  readonly imagePullPrincipals: readonly string[] = [];
  /** Escape hatch. */
  readonly resource: KindClusterResource;
  readonly ledgerEntries: LedgerEntries;
  private readonly environment: LocalEnvironment;

  constructor(scope: Construct, id: string, { environment, network }: KindClusterProps) {
    super(scope, id);
    this.environment = environment;
    const { kind } = environment;
    this.clusterName = localNames(environment).cluster;
    this.kubernetesVersion = /:v(\d+\.\d+)\./.exec(kind.nodeImage)?.[1] ?? "";
    this.access = kindAccess(environment);
    this.ledgerEntries = imageEntries(kind.nodeImage);
    // What spreads over zones runs on a laptop, too, though all nodes are in its one zone.
    const zoneLabel = { "topology.kubernetes.io/zone": network.zones[0] ?? "" };
    const trust = registryTrust(environment);
    this.resource = new KindClusterResource(this, "Resource", {
      name: this.clusterName,
      nodeImage: kind.nodeImage,
      kubeconfigPath: this.access.path,
      podSubnet: kind.podCidr,
      serviceSubnet: kind.serviceCidr,
      containerdConfigPatches: trust.containerdConfigPatches,
      nodes: [
        {
          role: "control-plane",
          labels: zoneLabel,
          kubeadmConfigPatches: [],
          mounts: [trust.mount],
          ports: (["http", "https", "registry", "objectStore"] as const).map((name) => ({
            hostPort: kind.hostPorts[name],
            containerPort: nodePorts[name],
          })),
        },
        ...kind.nodeGroups.flatMap((group) =>
          Array.from({ length: group.nodes }, (): KindNode => ({
            role: "worker",
            labels: { ...zoneLabel, ...nodeLabels(group) },
            kubeadmConfigPatches: taintPatches(group),
            mounts: [trust.mount],
            ports: [],
          })),
        ),
      ],
    });
  }

  scheduling(placement: Placement): Scheduling {
    return schedulingFor(this.environment.kind.nodeGroups, placement, () => false); // a node of Kind has none, whatever it stands for
  }
}

/** How the cluster of a laptop is reached; known before there is one. */
export function kindAccess(environment: LocalEnvironment): KubeconfigAccess {
  return { by: "kubeconfig", path: localPaths(environment).kubeconfig, context: localNames(environment).kubeContext };
}

/** Kind has labels but no taints: kubeadm sets them when the worker joins. */
function taintPatches(group: LocalEnvironment["kind"]["nodeGroups"][number]): readonly string[] {
  if (group.taints.length === 0) return [];
  const taints = group.taints.map(({ key, value, effect }) => ({ key, value, effect }));
  // JSON is YAML, and needs no care for quotes.
  return [JSON.stringify({ kind: "JoinConfiguration", nodeRegistration: { taints } })];
}
