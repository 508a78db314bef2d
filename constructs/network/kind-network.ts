import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import type { INetwork } from "./network";

/** The one zone that a laptop has. */
const zone = "local-a";

/** Network of the Kind cluster. Kind makes it together with the cluster. */
export class KindNetwork extends Construct implements INetwork {
  readonly podCidr: string;
  readonly zones: readonly [string] = [zone];

  constructor(scope: Construct, id: string, environment: LocalEnvironment) {
    super(scope, id);
    this.podCidr = environment.kind.podCidr;
  }
}
