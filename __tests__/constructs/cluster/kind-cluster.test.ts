import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { KindCluster } from "../../../constructs/cluster/kind-cluster";
import { nodePorts } from "../../../constructs/cluster/node-ports";
import { KindNetwork } from "../../../constructs/network/kind-network";
import { environments } from "../../../environments/index";
import { itHonoursCluster, type SynthesizedNodes } from "../../contracts/cluster";
import { only, synthesizedStack, type SynthesizedStack } from "../../synthesized";

const { local, prod } = environments;

itHonoursCluster(
  "KindCluster",
  local,
  (scope, id) => new KindCluster(scope, id, { environment: local, network: new KindNetwork(scope, `${id}Network`, local) }),
  (stack) =>
    nodesOf(stack)
      .filter(({ role }) => role === "worker")
      .map(asKubernetesSeesIt),
);

describe("KindCluster", () => {
  const stack = synthesizedStack(local, "cluster", (scope) => {
    new KindCluster(scope, "Cluster", { environment: local, network: new KindNetwork(scope, "Network", local) });
  });
  const nodes = nodesOf(stack);
  const workers = nodes.filter(({ role }) => role === "worker");

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "kind_cluster", // everything in one: a change replaces it
    ]);
  });

  it("has one control plane and a worker for each node of the groups", () => {
    expect(nodes.map(({ role }) => role)).toEqual(["control-plane", "worker", "worker", "worker", "worker"]);
  });

  it("labels and taints its workers like production's node groups", () => {
    const groups = (environment: {
      readonly nodeGroups: readonly { name: string; labels: object; taints: readonly object[]; placements: readonly string[] }[];
    }) => environment.nodeGroups.map(({ name, labels, taints, placements }) => ({ name, labels, taints, placements }));
    expect(groups(local.kind)).toEqual(groups(prod.cluster));

    for (const group of prod.cluster.nodeGroups) {
      const worker = only(
        workers.map(asKubernetesSeesIt).filter(({ labels }) => labels["evenkeel/node-group"] === group.name),
        group.name,
      );
      expect(worker.labels).toEqual({
        ...group.labels,
        "evenkeel/node-group": group.name,
        ...Object.fromEntries(group.placements.map((placement) => [`placement.evenkeel/${placement}`, "true"])),
        "topology.kubernetes.io/zone": "local-a",
      });
      expect(worker.taints).toEqual(group.taints);
    }
  });

  it("listens on loopback only, at the ports of the environment", () => {
    const ports = nodes.flatMap(({ extra_port_mappings }) => extra_port_mappings);
    expect(ports.map(({ host_port, container_port }) => [host_port, container_port])).toEqual([
      [8080, nodePorts.http],
      [8443, nodePorts.https],
      [5001, nodePorts.registry],
      [9000, nodePorts.objectStore],
    ]);
    for (const port of ports) expect(port).toMatchObject({ listen_address: "127.0.0.1", protocol: "TCP" });
    expect(configOf(stack).networking).toMatchObject([{ api_server_address: "127.0.0.1", pod_subnet: "10.244.0.0/16" }]);
  });

  it("tells containerd on every node where the registry is", () => {
    expect(nodes.map(({ extra_mounts }) => extra_mounts)).toEqual(
      nodes.map(() => [
        {
          host_path: "../../../constructs/registry/containerd",
          container_path: "/etc/containerd/certs.d/localhost_5001_", // containerd reads it as localhost:5001
          read_only: true,
        },
      ]),
    );
    expect(configOf(stack).containerd_config_patches).toEqual([expect.stringContaining('config_path = "/etc/containerd/certs.d"')]);

    const root = resolve(__dirname, "../../..");
    const mounted = resolve(root, "cdktf.out/stacks/local-cluster", nodes[0]?.extra_mounts[0]?.host_path ?? "");
    const hosts = readFileSync(join(mounted, "hosts.toml"), "utf8");
    const addresses = [...hosts.matchAll(/"(http:[^"]+)"/g)].map(([, address]) => address);
    expect(addresses).toEqual([`http://localhost:${nodePorts.registry}`, `http://localhost:${nodePorts.registry}`]);
    expect(hosts).not.toContain("push");
  });

  it("mounts no path with a colon, which Docker would take for the end of the path", () => {
    const paths = nodes.flatMap(({ extra_mounts }) => extra_mounts.flatMap(({ host_path, container_path }) => [host_path, container_path]));
    expect(paths.filter((path) => path.includes(":"))).toEqual([]);
  });

  it("keeps its kubeconfig outside of what a synth deletes", () => {
    expect(stack.one("kind_cluster")).toMatchObject({ kubeconfig_path: "../../../.state/local/kubeconfig", wait_for_ready: true });
  });

  it("runs a node image that is pinned by digest, whose version it tells", () => {
    expect(stack.one("kind_cluster").node_image).toMatch(/:v1\.35\.\d+@sha256:[0-9a-f]{64}$/);
  });

  it("maps node ports from Kubernetes' range, each once", () => {
    const ports = Object.values(nodePorts);
    expect(ports.filter((port) => port < 30000 || port > 32767)).toEqual([]);
    expect(new Set(ports).size).toBe(ports.length);
  });
});

interface KindNode {
  readonly role: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly kubeadm_config_patches: readonly string[];
  readonly extra_mounts: readonly { readonly host_path: string; readonly container_path: string }[];
  readonly extra_port_mappings: readonly { readonly host_port: number; readonly container_port: number }[];
}

interface KindConfig {
  readonly node: readonly KindNode[];
  readonly networking: unknown;
  readonly containerd_config_patches: readonly string[];
}

function configOf(stack: SynthesizedStack): KindConfig {
  return only(stack.one("kind_cluster").kind_config as readonly KindConfig[], "kind_config");
}

function nodesOf(stack: SynthesizedStack): readonly KindNode[] {
  return configOf(stack).node;
}

/** Taints are in the words of kubeadm, which sets them when the node joins. */
function asKubernetesSeesIt({ labels, kubeadm_config_patches }: KindNode): SynthesizedNodes {
  const taints = kubeadm_config_patches.flatMap((patch) => {
    const parsed = JSON.parse(patch) as { kind: string; nodeRegistration: { taints: SynthesizedNodes["taints"] } };
    return parsed.kind === "JoinConfiguration" ? parsed.nodeRegistration.taints : [];
  });
  return { labels, taints };
}
