import { NetworkPolicies } from "../../../constructs/connections/network-policies";
import { operatorPaths, type Path, type Pods } from "../../../constructs/connections/path";
import type { Places } from "../../../constructs/connections/places";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

const { dev, local } = environments;
const client: Pods = { namespace: "shop", labels: { app: "client" } };
const server: Pods = { namespace: "store", labels: { app: "server" } };

function policies(paths: readonly Path[], environment: typeof dev | typeof local = dev, places?: Partial<Places>): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => {
    new NetworkPolicies(stack, "Paths", { owner: "shop", places: { ...setting.places, ...places }, paths });
  });
}

const all = (stack: SynthesizedStack) => stack.all("kubernetes_network_policy_v1");
const names = (stack: SynthesizedStack) => all(stack).map(({ metadata }) => (metadata as { name: string }).name);
const selected = (namespace: string, app: string) => ({
  namespace_selector: { match_labels: { "kubernetes.io/metadata.name": namespace } },
  pod_selector: { match_labels: { app } },
});

describe("NetworkPolicies", () => {
  it("open a path at both ends, each in the namespace of its pods", () => {
    expect(all(policies([{ from: client, to: server, ports: [{ port: 5432 }] }]))).toMatchObject([
      {
        metadata: { name: "shop-client", namespace: "shop" },
        spec: {
          pod_selector: { match_labels: { app: "client" } },
          policy_types: ["Egress"],
          egress: [{ to: [selected("store", "server")], ports: [{ port: "5432", protocol: "TCP" }] }],
        },
      },
      {
        metadata: { name: "shop-server", namespace: "store" },
        spec: {
          pod_selector: { match_labels: { app: "server" } },
          policy_types: ["Ingress"],
          ingress: [{ from: [selected("shop", "client")], ports: [{ port: "5432", protocol: "TCP" }] }],
        },
      },
    ]);
  });

  it("say nothing of the direction that no path has: the namespace denies it", () => {
    for (const { spec } of all(policies([{ from: client, to: server, ports: [{ port: 1 }] }]))) {
      expect(Object.keys(spec as object).sort()).not.toEqual(expect.arrayContaining(["egress", "ingress"]));
    }
  });

  it("gather everything of the same pods in one policy", () => {
    const stack = policies([
      ...operatorPaths(client, 9443),
      { from: client, to: server, ports: [{ port: 5432 }, { port: 53, protocol: "UDP" }] },
    ]);
    expect(names(stack)).toEqual(["shop-client", "shop-server"]);
    const { spec } = stack.one("kubernetes_network_policy_v1", "Paths_shop-client") as { spec: { egress: object[]; ingress: object[] } };
    expect(spec.egress).toHaveLength(3);
    expect(spec.ingress).toMatchObject([{ ports: [{ port: "9443", protocol: "TCP" }] }]);
    expect(spec.egress[2]).toMatchObject({
      ports: [
        { port: "5432", protocol: "TCP" },
        { port: "53", protocol: "UDP" },
      ],
    });
  });

  it("reach a place by its addresses, on its own ports", () => {
    const { spec } = policies([{ from: client, to: "pod-identity-agent" }]).one("kubernetes_network_policy_v1");
    expect(spec).toMatchObject({
      egress: [{ to: [{ ip_block: { cidr: "169.254.170.23/32" } }], ports: [{ port: "80", protocol: "TCP" }] }],
    });
  });

  it("ask DNS over UDP and TCP, of the pods that answer", () => {
    expect(policies([{ from: client, to: "dns" }]).one("kubernetes_network_policy_v1").spec).toMatchObject({
      egress: [
        {
          to: [
            {
              namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
              pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { port: "53", protocol: "UDP" },
            { port: "53", protocol: "TCP" },
          ],
        },
      ],
    });
  });

  it("mean all pods of a namespace where no labels are given", () => {
    const stack = policies([{ from: { namespace: "shop" }, to: { namespace: "store" }, ports: [{ port: 80 }] }]);
    expect(all(stack)).toMatchObject([
      {
        metadata: { name: "shop" },
        spec: { pod_selector: { match_labels: {} }, egress: [{ to: [{ pod_selector: { match_labels: {} } }] }] },
      },
      { metadata: { name: "shop" }, spec: { pod_selector: { match_labels: {} }, ingress: [{ from: [{ pod_selector: {} }] }] } },
    ]);
  });

  it("have names of their own within a namespace, even where pods differ by the key of a label only", () => {
    const pods = (labels: Record<string, string>): Pods => ({ namespace: "shop", labels });
    const stack = policies([
      { from: pods({ app: "x" }), to: "dns" },
      { from: pods({ component: "x" }), to: "dns" },
      { from: pods({ "app.kubernetes.io/name": "Odd_One" }), to: "dns" },
      { from: pods({ app: "y", role: "z" }), to: "dns" },
    ]);
    expect(names(stack).sort()).toEqual(["shop-app-x", "shop-component-x", "shop-odd-one", "shop-y-z"]);
  });

  it("fails when a path names no port, as to nodes, which have none of their own", () => {
    expect(() => policies([{ from: client, to: "nodes" }])).toThrow("dev-platform/Paths: ports is missing, must be at least one port");
    expect(() => policies([{ from: client, to: server }])).toThrow("must be at least one port; name what the receiving end listens on");
    expect(() => policies([{ from: client, to: server, ports: [] }])).toThrow("ports is [], must be at least one port");
  });

  it.each([
    ["laptop", dev],
    ["load-balancer", local],
    ["pod-identity-agent", local],
    ["aws-endpoints", local],
  ] as const)("fails when the target has no %s", (place, environment) => {
    const path = `${environment.name}-platform/Paths: path is "${place}", must be a place that this target has`;
    expect(() => policies([{ from: client, to: place, ports: [{ port: 443 }] }], environment)).toThrow(path);
    expect(() => policies([{ from: place, to: client, ports: [{ port: 443 }] }], environment)).toThrow(path);
  });

  it("fails when a place has no addresses: a rule without a peer admits everybody", () => {
    expect(() => policies([{ from: "nodes", to: client, ports: [{ port: 1 }] }], dev, { nodes: { at: [], ports: [] } })).toThrow(
      'path is "nodes", must be a place that this target has',
    );
  });
});
