import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths, type Pods } from "../connections/path";
import { telemetry } from "../monitoring/telemetry";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { restrictedContainer } from "../shared/restricted-pod";
import { alloyConfiguration } from "./alloy-configuration";

export interface AlloyProps extends AddonProps {
  /** Most nodes that the cluster grows to; each runs a pod, and the quota has to have room for it. */
  readonly mostNodes: number;
}

const defaults = { chart: "alloy", namespace: "alloy" } as const;

/** The collectors. */
const alloyPods: Required<Pods> = { namespace: defaults.namespace, labels: { "app.kubernetes.io/name": "alloy" } };

/** Where Alloy tells how it does. */
const port = 12345;

/** On the node, so that who comes after a pod goes on where it stopped. */
const folder = "/var/lib/alloy";

/**
 * Collects what pods of every node write. It has a namespace of its own because it needs the host: the runtime keeps the files for root
 * alone, so it is root, with no capability, and reads them as their owner. It may ask the API server for pods and for nothing else.
 */
export class Alloy extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, mostNodes }: AlloyProps) {
    const { environment, footprint } = setting;
    const resources = footprint.resources("medium");
    const { logs } = telemetry;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, {
      environment,
      name: defaults.namespace,
      podSecurity: {
        level: "privileged",
        reason:
          "Alloy reads the files of containers under /var/log of the host as root, to whom they belong, and keeps its place there: host paths",
      },
    });
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: mostNodes, resources }],
      paths: [...operatorPaths(alloyPods), { from: alloyPods, to: logs.pods, ports: [{ port: logs.port }] }],
      values: {
        crds: { create: false },
        alloy: {
          configMap: { content: alloyConfiguration(environment.name) },
          listenPort: port,
          storagePath: folder,
          enableReporting: false, // it has no way to the internet
          mounts: { varlog: true, extra: [{ name: "positions", mountPath: folder }] },
          resources,
          securityContext: { ...restrictedContainer, runAsUser: 0, runAsGroup: 0, seccompProfile: { type: "RuntimeDefault" } },
        },
        configReloader: { enabled: false }, // a change of the configuration is a change of the pods
        controller: {
          type: "daemonset",
          tolerations: [{ operator: "Exists" }], // no node whose pods nobody hears
          volumes: { extra: [{ name: "positions", hostPath: { path: folder, type: "DirectoryOrCreate" } }] },
        },
        // The chart writes one list after the other, and an empty one would be no YAML there. Its own would let every node read every Secret.
        rbac: { rules: [pods("list", "watch")], clusterRules: [pods("get")] },
        service: { enabled: false },
      },
      metrics: [{ pods: alloyPods, port }],
    });
  }
}

function pods(...verbs: readonly string[]) {
  return { apiGroups: [""], resources: ["pods"], verbs };
}
