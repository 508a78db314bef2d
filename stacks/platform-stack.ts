import type { App } from "cdktf";
import type { ICluster } from "../constructs/cluster/cluster";
import type { IRegistry } from "../constructs/registry/registry";
import { LayerStack, type LayerStackProps } from "./layer-stack";

export interface PlatformStackProps extends LayerStackProps {
  readonly cluster: ICluster;
}

/** What workloads find in every cluster. */
export class PlatformStack extends LayerStack {
  readonly registry: IRegistry;

  constructor(scope: App, props: PlatformStackProps) {
    super(scope, "platform", props);
    this.registry = props.catalog.registry(this, "Registry", {
      images: props.environment.images,
      pullPrincipals: props.cluster.imagePullPrincipals,
    });
    this.publish({ registry_address: this.registry.address });
  }
}
