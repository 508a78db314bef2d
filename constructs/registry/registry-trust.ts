import type { LocalEnvironment } from "../../environments/environment";
import type { KindMount } from "../cluster/kind-cluster-resource";

/** What Kind nodes need to pull from the registry in their own cluster. */
export interface RegistryTrust {
  readonly containerdConfigPatches: readonly string[];
  readonly mount: KindMount;
}

/**
 * Pods name images as the laptop pushes them, `localhost:<port>/...`. On a node that address is the node itself,
 * so containerd is told to ask the registry's node port instead.
 *
 * The folder with `hosts.toml` is mounted from the project, not from a synthesized asset: every synth deletes and
 * writes assets anew, which would leave running nodes with an empty folder, and after a restart of Docker without one.
 */
export function registryTrust(environment: LocalEnvironment): RegistryTrust {
  return {
    containerdConfigPatches: ['[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "/etc/containerd/certs.d"\n'],
    mount: {
      hostPath: "../../../constructs/registry/containerd",
      // containerd also takes `_<port>_` for `:<port>`; Docker takes no colon in the path of a mount.
      containerPath: `/etc/containerd/certs.d/localhost_${environment.kind.hostPorts.registry}_`,
    },
  };
}
