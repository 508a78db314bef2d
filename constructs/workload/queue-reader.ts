import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Application } from "../../applications/application";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICache } from "../cache/cache";
import { AuthorityCopy } from "../certificates/authority-copy";
import { NetworkPolicies } from "../connections/network-policies";
import { distinctPaths } from "../connections/path";
import type { ClusterTriggerAuthentication } from "../scaling/cluster-trigger-authentication";
import { kedaOperator } from "../scaling/keda";
import type { ScalingTrigger } from "../scaling/scaled-object";
import { SecretCopy } from "../secrets/secret-copy";
import type { ISecretStore } from "../secrets/secret-store";

export interface QueueReaderProps {
  readonly setting: PlatformSetting;
  readonly secretStore: ISecretStore;
  readonly cache: ICache;
}

/** A list of the cache, and how many of its items a pod is meant to have. */
export interface Queue {
  readonly list: string;
  readonly itemsPerPod: number;
}

const name = "queue-reader";
const { namespace } = kedaOperator;

/**
 * Lets KEDA ask the cache how long lists are: a way there, and a password. KEDA reads no Secret but those of its own namespace, so that is
 * where the copy is, and no namespace of an application has one for it (KEDA documentation, "Restrict Secret Access").
 */
export class QueueReader extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
  private readonly cache: ICache;

  constructor(scope: Construct, id: string, { cache, secretStore: store, setting }: QueueReaderProps) {
    super(scope, id);
    this.cache = cache;
    const { authority } = cache;
    const policies = new NetworkPolicies(this, "Paths", {
      owner: name,
      places: setting.places,
      paths: distinctPaths(cache.paths(kedaOperator)),
    });
    const password = new SecretCopy(this, "Password", { store, namespace, name, data: { password: cache.credentialsSecret } });
    const trusted = authority && new AuthorityCopy(this, "Authority", { name: `${name}-authority`, namespace, issuer: authority });
    const authentication: ClusterTriggerAuthentication = {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ClusterTriggerAuthentication",
      metadata: { name },
      spec: {
        secretTargetRef: [
          { parameter: "password", name: password.secretName, key: "password" },
          ...(trusted ? [{ parameter: "ca", name: trusted.secretName, key: "ca.crt" } as const] : []),
        ],
      },
    };
    const release = new Manifests(this, "Authentication", {
      release: name,
      namespace,
      resources: [authentication],
      requires: [password, ...(trusted ? [trusted] : []), { installed: policies.resources }],
    });
    this.installed = release.installed;
  }

  /** By the length of a list. */
  trigger({ itemsPerPod, list }: Queue): ScalingTrigger {
    const { clustered, host, port, userName } = this.cache;
    return {
      type: clustered ? "redis-cluster" : "redis",
      metadata: {
        [clustered ? "addresses" : "address"]: `${host}:${port}`,
        username: userName,
        enableTLS: "true",
        listName: list,
        listLength: String(itemsPerPod),
      },
      authenticationRef: { kind: "ClusterTriggerAuthentication", name },
    };
  }
}

/** Whether there is anybody to read queues for. */
export function scaleByQueues(applications: readonly Application[]): boolean {
  return applications
    .flatMap(({ workloads }) => Object.values(workloads))
    .some((intent) => "scaling" in intent && intent.scaling?.by === "queue");
}
