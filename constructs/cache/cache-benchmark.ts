import { Construct } from "constructs";
import type { PlatformSetting } from "../addons/platform-setting";
import { AuthorityCopy } from "../certificates/authority-copy";
import { NetworkPolicies } from "../connections/network-policies";
import { ScriptCronJob } from "../jobs/script-cron-job";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { SecretCopy } from "../secrets/secret-copy";
import type { ISecretStore } from "../secrets/secret-store";
import type { ICache } from "./cache";
import { valkeyImage } from "./cache-images";

export interface CacheBenchmarkProps {
  readonly setting: PlatformSetting;
  readonly secretStore: ISecretStore;
  readonly cache: ICache;
  /** Where it runs. */
  readonly namespace: GuardedNamespace;
  /** Name of the cache in the environment; the job is called `<name>-benchmark`. */
  readonly name: string;
}

/**
 * The load, the same everywhere: 50 clients write and read 100000 times each way, values of 256 bytes under 10000 keys, one request at
 * a time. The keys are `key:<number>` and stay until they give way.
 */
const load = "-t set,get -c 50 -n 100000 -d 256 -r 10000";

/** Certificates of the image, for a cache whose certificate is signed by a public authority. */
const publicAuthorities = "/etc/ssl/certs/ca-certificates.crt";

/** Measures a cache when somebody asks for it: `kubectl create job --from=cronjob/cache-benchmark`. It prints requests in a second. */
export class CacheBenchmark extends Construct implements Recorded {
  /** Escape hatch. */
  readonly job: ScriptCronJob;
  readonly ledgerEntries: LedgerEntries = imageEntries(valkeyImage);

  constructor(scope: Construct, id: string, { setting, secretStore, cache, namespace, ...props }: CacheBenchmarkProps) {
    super(scope, id);
    const name = `${props.name}-benchmark`;
    const pods = { namespace: namespace.namespaceName, labels: { app: name } };
    const policies = new NetworkPolicies(this, "Paths", { owner: name, places: setting.places, paths: cache.paths(pods) });
    const password = new SecretCopy(this, "Password", { store: secretStore, namespace, name, data: { password: cache.credentialsSecret } });
    const authority = cache.authority
      ? new AuthorityCopy(this, "Authority", { name: `${name}-tls`, namespace, issuer: cache.authority })
      : undefined;
    this.job = new ScriptCronJob(this, "Job", {
      name,
      namespace: namespace.namespaceName,
      image: valkeyImage,
      timeoutSeconds: 600,
      script: benchmarkScript(cache.clustered),
      variables: [
        { name: "HOST", value: cache.host },
        { name: "PORT", value: String(cache.port) },
        { name: "USER_NAME", value: cache.userName },
        { name: "PASSWORD", secret: name, key: "password" },
        { name: "AUTHORITY", value: authority ? "/tls/ca.crt" : publicAuthorities },
      ],
      volumes: authority ? [{ name: "authority", mountPath: "/tls", from: { secret: authority.secretName } }] : [],
      dependsOn: [...namespace.guards, ...policies.resources, ...password.installed, ...(authority?.installed ?? [])],
    });
  }
}

/**
 * The client takes a password as an argument only. It is put there by the shell of the pod: neither the job nor anybody beyond the pod
 * and its node gets to see it.
 */
function benchmarkScript(clustered: boolean): string {
  return `set -eu
exec valkey-benchmark -h "$HOST" -p "$PORT" --tls --cacert "$AUTHORITY" --sni "$HOST" --user "$USER_NAME" -a "$PASSWORD" ${clustered ? "--cluster " : ""}${load} -q
`;
}
