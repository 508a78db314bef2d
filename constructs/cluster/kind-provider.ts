import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { providers } from "../shared/providers";

/** Provider `tehcyx/kind`; it has no settings. There are no published bindings for it. */
export class KindProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "kind",
      terraformProviderSource: providers.kind.source,
      terraformGeneratorMetadata: { providerName: "kind", providerVersion: providers.kind.version },
    });
  }
}
