import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { installedBeside, type Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { namespaceNameOf } from "../identity/workload-identity";
import { ConfigurationError } from "../shared/errors";
import type { ExternalSecret } from "./external-secret";
import { fingerprintsOf, isGenerated, type GeneratedSecret, type ISecretStore, type SecretReference } from "./secret-store";

export interface SecretCopyProps {
  readonly store: ISecretStore;
  /** Where the Secret is needed; by its name when it is not of this stack. */
  readonly namespace: GuardedNamespace | string;
  /** Name of the Secret. */
  readonly name: string;
  /** Keys of the Secret, and what is copied into each. */
  readonly data: Readonly<Record<string, SecretReference | GeneratedSecret>>;
  /**
   * Keys of the Secret in place of those of `data`, as Go templates over these: `{ url: "redis://:{{ .password }}@cache:6379" }`.
   * @default the keys of `data`
   */
  readonly template?: Readonly<Record<string, string>>;
  /** Type of the Secret, e.g. `kubernetes.io/basic-auth`. @default Opaque */
  readonly type?: string;
  /** Labels of the Secret, for who watches those that have them. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** How often the store is asked for changes, in minutes. @default 15 */
  readonly refreshMinutes?: number;
}

/**
 * A Secret in a namespace with the values that the environment's store has, and keeps up with them. Terraform never sees one. A secret
 * of the same stack that is made up anew is copied at once, others when the store is asked the next time.
 */
export class SecretCopy extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
  /** Name of the Secret, known at synth. */
  readonly secretName: string;

  /** @throws ConfigurationError when nothing is copied, or a name is too long */
  constructor(scope: Construct, id: string, props: SecretCopyProps) {
    super(scope, id);
    const { store, namespace, name, data } = props;
    if (Object.keys(data).length === 0) {
      throw new ConfigurationError([
        { path: this.node.path, field: "data", value: data, limit: "at least one key", fix: "say what is copied" },
      ]);
    }
    this.secretName = name;
    const generated = Object.values(data).filter(isGenerated);
    const beside = generated.filter((each) => installedBeside(this, [each]).length > 0);
    const release = new Manifests(this, "Release", {
      release: `${name}-copy`,
      namespace,
      resources: [externalSecret(props, beside)],
      requires: [store, ...generated],
    });
    this.installed = release.installed;
  }
}

function externalSecret(props: SecretCopyProps, generated: readonly GeneratedSecret[]): ExternalSecret {
  const { store, namespace, name, data, refreshMinutes = 15 } = props;
  const template = templateOf(props);
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: {
      name,
      namespace: namespaceNameOf(namespace),
      // The operator asks the store again when an annotation changes.
      ...(generated.length > 0 ? { annotations: { "evenkeel/fingerprints": fingerprintsOf(generated).join(" ") } } : {}),
    },
    spec: {
      refreshInterval: `${refreshMinutes}m`,
      secretStoreRef: { kind: "ClusterSecretStore", name: store.storeName },
      target: {
        name,
        creationPolicy: "Owner",
        deletionPolicy: "Retain",
        ...(Object.keys(template).length > 0 ? { template } : {}),
      },
      data: Object.entries(data).map(([secretKey, { key, property }]) => ({ secretKey, remoteRef: { key, property } })),
    },
  };
}

function templateOf({ labels, template, type }: SecretCopyProps): NonNullable<ExternalSecret["spec"]["target"]["template"]> {
  return { ...(type ? { type } : {}), ...(labels ? { metadata: { labels } } : {}), ...(template ? { data: template } : {}) };
}
