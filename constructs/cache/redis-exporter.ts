import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import { Exporter } from "../monitoring/exporter";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { SecretCopy } from "../secrets/secret-copy";
import type { GeneratedSecret, ISecretStore } from "../secrets/secret-store";
import { cachePort } from "./cache";
import { exporterImage } from "./cache-images";
import { metricsPort } from "./cache-nodes";

export interface RedisExporterProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  readonly secretStore: ISecretStore;
  readonly namespace: GuardedNamespace;
  /** Name of the cache in the environment. */
  readonly name: string;
  readonly host: string;
  /** Password of {@link metricsUserName}. */
  readonly password: GeneratedSecret;
  /** The cache. */
  readonly requires: readonly Installed[];
}

/** User that may ask a cache outside of the cluster how it does, and nothing about its keys. */
export const metricsUserName = "metrics";

/** Label `job` of the series about a cache. */
export function redisJob(name: string): string {
  return `${name}-exporter`;
}

/** Asks a cache outside of the cluster how it does. Of a cluster it would see one shard. */
export class RedisExporter extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: RedisExporterProps) {
    super(scope, id);
    const { cluster, host, namespace, password, requires, secretStore: store, setting } = props;
    const name = redisJob(props.name);
    const secret = new SecretCopy(this, "Password", { store, namespace, name, data: { password } });
    const exporter = new Exporter(this, "Exporter", {
      ...{ setting, cluster, namespace, name },
      image: exporterImage,
      port: metricsPort.port,
      healthPath: "/health",
      variables: [
        { name: "REDIS_ADDR", value: `rediss://${host}:${cachePort}` }, // its certificate is signed by a public authority
        { name: "REDIS_USER", value: metricsUserName },
        { name: "REDIS_PASSWORD", secret: secret.secretName, key: "password" },
        // Neither is the user's to run.
        { name: "REDIS_EXPORTER_CONFIG_COMMAND", value: "-" },
        { name: "REDIS_EXPORTER_SET_CLIENT_NAME", value: "false" },
      ],
      fingerprint: password.fingerprint, // it reads the password when it starts
      paths: (pods) => [
        { from: pods, to: "dns" },
        { from: pods, to: "data-stores", ports: [{ port: cachePort }] },
      ],
      requires: [secret, ...requires],
    });
    this.installed = exporter.installed;
  }
}
