import type { Construct, IConstruct } from "constructs";
import type { Installed } from "../addons/installed";

/** Where a secret is kept; never the secret itself. Only this crosses from stack to stack. */
export interface SecretReference {
  /** Key in the environment's store. */
  readonly key: string;
  /** Field of the secret under that key. */
  readonly property: string;
}

/** Where the environment keeps its secrets. `ExternalSecret`s bring them to namespaces, the same ones whatever the store is. */
export interface ISecretStore extends IConstruct, Installed {
  /** Name of the `ClusterSecretStore`. */
  readonly storeName: string;
  /**
   * Makes up a password in the caller's stack and keeps it in the store.
   * @param name of the secret, unique in the environment, e.g. `grafana-admin`
   */
  generate(scope: Construct, id: string, name: string): SecretReference;
  /** A field of a secret that somebody else has put into the store. */
  reference(name: string, property: string): SecretReference;
}
