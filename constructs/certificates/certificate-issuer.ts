import type { IConstruct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";

/** Who signs certificates for what ends TLS inside of the cluster: a CA of its own on the laptop, Let's Encrypt in the cloud. */
export interface ICertificateIssuer extends IConstruct, Installed {
  /** Name of the `ClusterIssuer` that certificates ask. */
  readonly issuerName: string;
  /** cert-manager, for add-ons that have it sign by issuers of their own. */
  readonly certManager: Installed;
}

export interface CertificateIssuerProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
}
