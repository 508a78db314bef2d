import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths } from "../connections/path";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { restrictedContainer } from "../shared/restricted-pod";
import { profileCollection, profileCollectorPods } from "./profile-collection";

export interface ProfileCollectorProps extends AddonProps {
  /** Namespace of what watches the platform. */
  readonly namespace: GuardedNamespace;
}

const name = "profile-collector";

/** Where it tells how it does. */
const port = 12345;

/** User of the image. */
const user = 473;

/** Fetches profiles from workloads that have some: Alloy, once, apart from the one that reads logs on every node as root. */
export class ProfileCollector extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, namespace }: ProfileCollectorProps) {
    const resources = setting.footprint.resources("medium");
    const { profiles } = telemetry;
    super(scope, id, {
      setting,
      chart: "alloy",
      release: name,
      namespace,
      asks: [{ replicas: 1, resources }],
      paths: [...operatorPaths(profileCollectorPods), { from: profileCollectorPods, to: profiles.pods, ports: [{ port: profiles.port }] }],
      values: {
        crds: { create: false },
        nameOverride: name,
        fullnameOverride: name,
        global: {
          podSecurityContext: {
            runAsNonRoot: true,
            runAsUser: user,
            runAsGroup: user,
            fsGroup: user,
            seccompProfile: { type: "RuntimeDefault" },
          },
        },
        alloy: {
          configMap: { content: profileCollection() },
          listenPort: port,
          storagePath: "/var/lib/alloy",
          mounts: { extra: [{ name: "data", mountPath: "/var/lib/alloy" }] },
          enableReporting: false, // it has no way to the internet
          resources,
          securityContext: restrictedContainer,
        },
        configReloader: { enabled: false }, // a change of the configuration is a change of the pods
        controller: { type: "deployment", replicas: 1, volumes: { extra: [{ name: "data", emptyDir: {} }] } },
        // The chart's own would let it read every Secret.
        rbac: { rules: [pods("list", "watch")], clusterRules: [pods("get")] },
        service: { enabled: false },
      },
      metrics: [{ pods: profileCollectorPods, port, job: name }],
    });
  }
}

function pods(...verbs: readonly string[]) {
  return { apiGroups: [""], resources: ["pods"], verbs };
}
