import type { Construct, IConstruct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";

/** Where a secret is kept; never the secret itself. Only this crosses from stack to stack. */
export interface SecretReference {
  /** Key in the environment's store. */
  readonly key: string;
  /** Field of the secret under that key. */
  readonly property: string;
}

/** A secret that was made up here: what needs it can wait for it. */
export interface GeneratedSecret extends SecretReference, Installed {
  /** Another once the secret is another, and no secret: who keeps a copy knows by it that theirs is old. Known to this stack only. */
  readonly fingerprint: string;
}

/**
 * Where the environment keeps its secrets: a `ClusterSecretStore` and the operator that reads it. `SecretCopy` brings
 * secrets to namespaces, the same way whatever the store is.
 */
export interface ISecretStore extends IConstruct, Installed {
  /** Name of the `ClusterSecretStore`. */
  readonly storeName: string;
  /**
   * Makes up a password in the caller's stack and keeps it in the store, in the field `password`.
   * @param name of the secret, unique in the environment, e.g. `grafana-admin`
   * @param beside further fields that are no secrets, for services that read them from the same place
   * @throws ConfigurationError when no store takes the name
   */
  generate(scope: Construct, id: string, name: string, beside?: Readonly<Record<string, string>>): GeneratedSecret;
  /** A field of a secret that somebody else has put into the store. */
  reference(name: string, property: string): SecretReference;
}

export interface SecretStoreProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
}

/** Whether a secret was made up here, so that it can be waited for. */
export function isGenerated(reference: SecretReference | GeneratedSecret): reference is GeneratedSecret {
  return "installed" in reference;
}

/** Fingerprints of those secrets that were made up here. */
export function fingerprintsOf(references: readonly (SecretReference | GeneratedSecret)[]): readonly string[] {
  return references.filter(isGenerated).map(({ fingerprint }) => fingerprint);
}
