import type { App } from "cdktf";
import type { ICluster } from "../constructs/cluster/cluster";
import type { INetwork } from "../constructs/network/network";
import { LayerStack, type LayerStackProps } from "./layer-stack";

/** The network and the Kubernetes cluster in it. */
export class ClusterStack extends LayerStack {
  readonly network: INetwork;
  readonly cluster: ICluster;

  constructor(scope: App, props: LayerStackProps) {
    super(scope, "cluster", props);
    this.network = props.catalog.network(this, "Network");
    this.cluster = props.catalog.cluster(this, "Cluster", { network: this.network });
    this.publish({
      cluster_name: this.cluster.clusterName,
      kubernetes_version: this.cluster.kubernetesVersion,
      pod_cidr: this.network.podCidr,
    });
  }
}
