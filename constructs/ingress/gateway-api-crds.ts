import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, TerraformAsset, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { join } from "node:path";
import type { Installed } from "../addons/installed";
import { wholeRelease } from "../addons/whole-release";
import { engines } from "../ledger/engines";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";

/** Where the chart is committed. */
export const gatewayApiChart = join(__dirname, "../../charts/gateway-api");

/**
 * Types of the Gateway API, in a release of their own: whatever serves them comes and goes without the routes.
 * The chart is ours, because there is none that can be installed: Helm keeps a release in a secret of 1 MiB at most, and that of
 * `gateway-crds-helm`, which has both channels and Envoy's types in it, takes 1.8 MB even for the standard channel alone.
 */
export class GatewayApiCrds extends Construct implements Installed, Recorded {
  /** Escape hatch. */
  readonly resource: Release;
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries = { "gateway-api": engines["gateway-api"]["1.6"] };

  constructor(scope: Construct, id: string, { namespace }: { readonly namespace: GuardedNamespace }) {
    super(scope, id);
    this.resource = new Release(this, "Resource", {
      ...wholeRelease,
      name: "gateway-api",
      namespace: namespace.resource.metadata.name,
      chart: new TerraformAsset(this, "Chart", { path: gatewayApiChart, type: AssetType.DIRECTORY }).path,
      timeout: 300, // seconds
    });
    this.installed = [this.resource];
  }
}
