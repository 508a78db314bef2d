import type { App } from "cdktf";
import type { ICluster } from "../constructs/cluster/cluster";
import { useCharts, useCluster } from "../constructs/cluster/use-cluster";
import type { INetwork } from "../constructs/network/network";
import type { IRegistry } from "../constructs/registry/registry";
import { LayerStack, type LayerStackProps } from "./layer-stack";

export interface PlatformStackProps extends LayerStackProps {
  readonly network: INetwork;
  readonly cluster: ICluster;
}

/** What workloads find in every cluster. */
export class PlatformStack extends LayerStack {
  readonly registry: IRegistry;

  constructor(scope: App, props: PlatformStackProps) {
    super(scope, "platform", props);
    const { catalog, cluster, environment, network } = props;
    useCluster(this, cluster.access);
    useCharts(this, cluster.access);
    this.registry = catalog.registry(this, "Registry", { images: environment.images, pullPrincipals: cluster.imagePullPrincipals });
    const setting = { environment, footprint: catalog.footprint, places: catalog.places };
    catalog.metricsServer(this, "MetricsServer", { setting });
    void network;
    this.publish({ registry_address: this.registry.address });
  }
}
