import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Resource `kind_cluster` of `tehcyx/kind` 0.9.0, with the arguments that this project uses. Every change replaces it. */
export interface KindClusterResourceProps {
  readonly name: string;
  readonly nodeImage: string;
  /** Where the kubeconfig is written, as seen from the stack's folder. */
  readonly kubeconfigPath: string;
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  readonly containerdConfigPatches: readonly string[];
  readonly nodes: readonly KindNode[];
}

/** A container that is a node. */
export interface KindNode {
  readonly role: "control-plane" | "worker";
  readonly labels: Readonly<Record<string, string>>;
  readonly kubeadmConfigPatches: readonly string[];
  readonly mounts: readonly KindMount[];
  readonly ports: readonly KindPort[];
}

/** A folder of the laptop within a node. */
export interface KindMount {
  /** Folder of the laptop, as seen from the stack's folder; Kind makes it absolute. */
  readonly hostPath: string;
  readonly containerPath: string;
}

/** A port of the laptop that leads to one of a node. */
export interface KindPort {
  readonly hostPort: number;
  readonly containerPort: number;
}

/** Addresses of the laptop that mapped ports listen on. Not 0.0.0.0: that would open the cluster to the office network. */
const loopback = "127.0.0.1";

/** One Kind cluster. */
export class KindClusterResource extends TerraformResource {
  static readonly tfResourceType = "kind_cluster";

  constructor(
    scope: Construct,
    id: string,
    readonly props: KindClusterResourceProps,
  ) {
    super(scope, id, { terraformResourceType: KindClusterResource.tfResourceType, terraformGeneratorMetadata: { providerName: "kind" } });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { props } = this;
    return {
      name: props.name,
      node_image: props.nodeImage,
      kubeconfig_path: props.kubeconfigPath,
      wait_for_ready: true,
      kind_config: [
        {
          kind: "Cluster",
          api_version: "kind.x-k8s.io/v1alpha4",
          containerd_config_patches: props.containerdConfigPatches,
          networking: [
            {
              api_server_address: loopback,
              pod_subnet: props.podSubnet,
              service_subnet: props.serviceSubnet,
              // The registry is reached on a node port of the node's own loopback, which nftables would not forward.
              kube_proxy_mode: "iptables",
            },
          ],
          node: props.nodes.map((node) => ({
            role: node.role,
            labels: node.labels,
            kubeadm_config_patches: node.kubeadmConfigPatches,
            extra_mounts: node.mounts.map((mount) => ({ host_path: mount.hostPath, container_path: mount.containerPath, read_only: true })),
            extra_port_mappings: node.ports.map((port) => ({
              host_port: port.hostPort,
              container_port: port.containerPort,
              listen_address: loopback,
              protocol: "TCP",
            })),
          })),
        },
      ],
    };
  }
}
