import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import { Exporter } from "../monitoring/exporter";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { SecretCopy } from "../secrets/secret-copy";
import type { GeneratedSecret, ISecretStore } from "../secrets/secret-store";
import { metricsName, postgresPort } from "./database";

export interface PostgresExporterProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  readonly secretStore: ISecretStore;
  readonly namespace: GuardedNamespace;
  /** Name of the database in the environment. */
  readonly name: string;
  /** The server itself, not a pooler: it would answer for another one. */
  readonly host: string;
  readonly databaseName: string;
  /** Password of {@link metricsName}. */
  readonly password: GeneratedSecret;
  /** What makes that user, for one. */
  readonly requires: readonly Installed[];
}

const image =
  "quay.io/prometheuscommunity/postgres-exporter:v0.20.1@sha256:ac5ec343104fae0e2d84a27bb8d69b38430a11910c5382cad85d478d2bab713e";

/** Label `job` of the series about a database. */
export function postgresJob(name: string): string {
  return `${name}-exporter`;
}

/** Asks a server of PostgreSQL outside of the cluster for its statistics, as a user that may read these and nothing else. */
export class PostgresExporter extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PostgresExporterProps) {
    super(scope, id);
    const { cluster, databaseName, host, namespace, password, requires, secretStore: store, setting } = props;
    const name = postgresJob(props.name);
    const secret = new SecretCopy(this, "Password", { store, namespace, name, data: { password } });
    const exporter = new Exporter(this, "Exporter", {
      ...{ setting, cluster, namespace, name, image },
      port: 9187, // its default
      healthPath: "/",
      variables: [
        { name: "DATA_SOURCE_URI", value: `${host}:${postgresPort}/${databaseName}?sslmode=require` },
        { name: "DATA_SOURCE_USER", value: metricsName },
        { name: "DATA_SOURCE_PASS", secret: secret.secretName, key: "password" },
      ],
      fingerprint: password.fingerprint, // it reads the password when it starts
      paths: (pods) => [
        { from: pods, to: "dns" },
        { from: pods, to: "data-stores", ports: [{ port: postgresPort }] },
      ],
      requires: [secret, ...requires],
    });
    this.installed = exporter.installed;
  }
}
