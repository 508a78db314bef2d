import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { WorkloadIntent } from "../../applications/application";
import type { Installed } from "../addons/installed";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { SecretCopy } from "../secrets/secret-copy";
import { fingerprintsOf, type GeneratedSecret, type ISecretStore, type SecretReference } from "../secrets/secret-store";

/** Secrets of an application, by their names. */
export type ApplicationSecrets = Readonly<Record<string, SecretReference | GeneratedSecret>>;

export interface WorkloadSecretsProps {
  readonly store: ISecretStore;
  readonly namespace: GuardedNamespace;
  /** The workload's. */
  readonly name: string;
  readonly intent: WorkloadIntent;
  readonly secrets: ApplicationSecrets;
}

/** Copies of the secrets that a workload has as variables, and of the one by which its image is pulled. */
export class WorkloadSecrets extends Construct implements Installed {
  /** Secret whose keys are variables. @default none */
  readonly secretName?: string;
  /** Secret with a Docker configuration. @default none */
  readonly pullSecretName?: string;
  /** Others once a secret that was made up here is another. */
  readonly fingerprints: readonly string[];
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WorkloadSecretsProps) {
    super(scope, id);
    const { intent, name, namespace, secrets, store } = props;
    const given = Object.entries(intent.secrets ?? {});
    const data = Object.fromEntries(given.map(([variable, secret]) => [variable, secretOf(this, secrets, secret)]));
    const copies: SecretCopy[] = [];
    if (given.length > 0) {
      this.secretName = `${name}-secrets`;
      copies.push(new SecretCopy(this, "Variables", { store, namespace, name: this.secretName, data }));
    }
    const pullSecret = "reference" in intent.image ? intent.image.pullSecret : undefined;
    if (pullSecret !== undefined) {
      this.pullSecretName = `${name}-pull`;
      const login = { ".dockerconfigjson": secretOf(this, secrets, pullSecret) };
      const type = "kubernetes.io/dockerconfigjson";
      copies.push(new SecretCopy(this, "Pull", { store, namespace, name: this.pullSecretName, data: login, type }));
    }
    this.fingerprints = fingerprintsOf(Object.values(data));
    this.installed = copies.flatMap(({ installed }) => installed);
  }
}

/** A secret of the application. */
export function secretOf(construct: Construct, secrets: ApplicationSecrets, name: string): SecretReference | GeneratedSecret {
  const found = secrets[name];
  if (found === undefined) throw new Error(`${construct.node.path} has no secret ${name}; the rules of applications refuse that`);
  return found;
}
