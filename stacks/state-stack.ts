import type { App } from "cdktf";
import type { IStateStore } from "../constructs/state/state-store";
import { LayerStack, type LayerStackProps } from "./layer-stack";

/** Keeps the Terraform state of the environment's layers. */
export class StateStack extends LayerStack {
  readonly stateStore: IStateStore;

  constructor(scope: App, props: LayerStackProps) {
    super(scope, "state", props);
    this.stateStore = props.catalog.stateStore(this, "StateStore");
    this.publish({ state_bucket: this.stateStore.bucketName });
    const { credentials } = this.stateStore;
    // Backends read these from a file; `npm run up` writes it.
    if (credentials) this.publishSecrets({ state_access_key: credentials.accessKey, state_secret_key: credentials.secretKey });
  }
}
