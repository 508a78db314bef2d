import { DaemonSetV1 } from "@cdktf/provider-kubernetes/lib/daemon-set-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import { hasGpus } from "../cluster/instance-types";
import { denyByDefault } from "../connections/deny-by-default";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";

type Group = AwsEnvironment["cluster"]["nodeGroups"][number];

export interface NvidiaDevicePluginProps {
  readonly setting: PlatformSetting;
  /** Node groups with GPUs. */
  readonly groups: readonly Group[];
}

const name = "nvidia-device-plugin";
const namespace = "kube-system"; // the only one without guards: the plugin writes to a folder of the node
const image = "nvcr.io/nvidia/k8s-device-plugin:v0.20.0@sha256:a61ba9fd8efb82f3a79f877f7580e02c1e8e7593f62473644bc9c79e315c3312";

/** Where kubelets look for plugins. */
const sockets = "/var/lib/kubelet/device-plugins";

/** The node groups of an environment whose nodes have GPUs. */
export function gpuGroups({ cluster: { nodeGroups } }: AwsEnvironment): readonly Group[] {
  return nodeGroups.filter(hasGpus);
}

/** Tells Kubernetes of the GPUs of a node, so that pods can ask for `nvidia.com/gpu`. Drivers and runtime are in the node's image. */
export class NvidiaDevicePlugin extends Construct implements Installed, Recorded {
  /** Escape hatch. */
  readonly resource: DaemonSetV1;
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries;

  constructor(scope: Construct, id: string, { setting, groups }: NvidiaDevicePluginProps) {
    super(scope, id);
    this.ledgerEntries = imageEntries(image);
    const labels = { "app.kubernetes.io/name": name };
    const denied = denyByDefault(this, "DefaultDeny", name, { namespace, labels });
    this.resource = new DaemonSetV1(this, "Resource", {
      metadata: { name, namespace, labels },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            priorityClassName: "system-node-critical", // without it every other pod waits for its GPU
            affinity: { nodeAffinity: requiredNodes(groups) },
            toleration: tolerations(groups),
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            container: [
              {
                name,
                image,
                // What makes the runtime put the driver's libraries into this container.
                env: [
                  { name: "NVIDIA_VISIBLE_DEVICES", value: "all" },
                  { name: "NVIDIA_DRIVER_CAPABILITIES", value: "compute,utility" },
                ],
                resources: setting.footprint.resources("small"),
                // It is root, as only root may write to the folder; the runtime changes its file system while it starts.
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                volumeMount: [{ name: "sockets", mountPath: sockets }],
              },
            ],
            volume: [{ name: "sockets", hostPath: { path: sockets, type: "Directory" } }],
          },
        },
      },
      dependsOn: [...denied.installed],
    });
    this.installed = [this.resource];
  }
}

/** The nodes of the groups, and those that a group overflows to: they have its label. */
function requiredNodes(groups: readonly Group[]) {
  const matchExpressions = [{ key: "evenkeel/node-group", operator: "In", values: groups.map((group) => group.name) }];
  return { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerm: [{ matchExpressions }] } };
}

function tolerations(groups: readonly Group[]) {
  return groups.flatMap(({ taints }) => taints.map(({ key, value, effect }) => ({ key, operator: "Equal", value, effect })));
}
