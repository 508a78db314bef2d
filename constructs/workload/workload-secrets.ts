import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { serves, type WorkloadIntent } from "../../applications/application";
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

/** Copies of the secrets that a workload has as variables, and of those by which its images are pulled. */
export class WorkloadSecrets extends Construct implements Installed {
  /** Secret whose keys are variables. @default none */
  readonly secretName?: string;
  /** Secrets with a Docker configuration, for the workload and its migrations. */
  readonly pullSecretNames: readonly string[];
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
    const logins = pullSecretsOf(intent).map((secret, index) => {
      const login = { ".dockerconfigjson": secretOf(this, secrets, secret) };
      const type = "kubernetes.io/dockerconfigjson";
      return new SecretCopy(this, `Pull-${secret}`, { store, namespace, name: `${name}-pull-${index + 1}`, data: login, type });
    });
    this.pullSecretNames = logins.map(({ secretName }) => secretName);
    this.fingerprints = fingerprintsOf(Object.values(data));
    this.installed = [...copies, ...logins].flatMap(({ installed }) => installed);
  }
}

/** Secrets of the application by which images of a workload are pulled, each once. */
function pullSecretsOf(intent: WorkloadIntent): readonly string[] {
  const migrations = serves(intent) ? (intent.migrations ?? []) : [];
  const images = [intent.image, ...migrations.flatMap(({ image }) => image ?? [])];
  return [...new Set(images.flatMap((image) => ("reference" in image ? (image.pullSecret ?? []) : [])))];
}

/** A secret of the application. */
export function secretOf(construct: Construct, secrets: ApplicationSecrets, name: string): SecretReference | GeneratedSecret {
  const found = secrets[name];
  if (found === undefined) throw new Error(`${construct.node.path} has no secret ${name}; the rules of applications refuse that`);
  return found;
}
