import { overlap } from "../../constructs/network/cidr";
import { environments } from "../../environments/index";
import { onLaptop } from "../../environments/targets";
import { synthesizedVariants } from "../every-variant";
import { endsOf, meets, namespacesOf, policiesOf, type End, type Peer, type Policy } from "./policies-of-variant";

const variants = synthesizedVariants().map((variant) => ({ ...variant, policies: policiesOf(variant), namespaces: namespacesOf(variant) }));

/** Kubernetes' own pods stand in a namespace that nobody guards, and node agents on their node's network: no policy holds for either. */
const unguarded = "kube-system";

/** Releases that bring types and start nothing. */
const withoutPods = ["karpenter-crd", "prometheus-operator-crds"];

/** Releases whose pods stand on their node's network, where no policy holds. */
const onNodes = ["prometheus-node-exporter"];

describe.each(variants)("$name", ({ namespaces, policies, resources }) => {
  it("has no namespace that denies nothing: each denies everything, both ways", () => {
    const denies = ({ labels, types, ingress, egress }: Policy) =>
      Object.keys(labels).length === 0 && types.includes("Ingress") && types.includes("Egress") && ingress.length + egress.length === 0;
    expect(namespaces.length).toBeGreaterThan(0);
    expect(namespaces.filter((namespace) => !policies.some((policy) => policy.namespace === namespace && denies(policy)))).toEqual([]);
  });

  it("has no policy outside of its own namespaces: it would turn a namespace of somebody else's to default-deny", () => {
    expect(policies.filter(({ namespace }) => ![...namespaces, unguarded].includes(namespace)).map(({ address }) => address)).toEqual([]);
  });

  it("has no rule for everybody: each names peers and ports", () => {
    for (const { address, ingress, egress } of policies) {
      for (const { from, to, ports } of [...ingress, ...egress]) {
        expect([address, (from ?? to ?? []).length > 0, ports.length > 0]).toEqual([address, true, true]);
      }
    }
  });

  it("has a path for every release that starts pods", () => {
    const releases = resources.filter(
      ({ type, values }) =>
        type === "helm_release" && values.repository !== undefined && ![...withoutPods, ...onNodes].includes(String(values.chart)),
    );
    expect(releases.length).toBeGreaterThan(0);
    const pathless = releases.filter(({ name }) => {
      const construct = name.replace(/_[0-9A-F]{8}$/, "");
      return !policies.some(({ address }) => address.startsWith(`${construct}_Paths_`));
    });
    expect(pathless.filter(({ values }) => values.namespace !== unguarded).map(({ name }) => name)).toEqual([]);
  });

  it("opens every path between pods at both ends", () => {
    const ends = endsOf(policies);
    const elsewhere = ({ direction, from, to }: End) => (direction === "egress" ? to : from).namespace === unguarded;
    const open = ends.filter((one) => !elsewhere(one) && !ends.some((other) => meets(one, other)));
    expect(open).toEqual([]);
    expect(ends.some((one) => elsewhere(one))).toBe(true); // DNS
  });

  it("gives every policy, release and namespace a name of its own", () => {
    const identities = [
      ...policies.map(({ namespace, name }) => `policy ${namespace}/${name}`),
      ...namespaces.map((name) => `namespace ${name}`),
      ...resources
        .filter(({ type }) => type === "helm_release")
        .map(({ values }) => `release ${String(values.namespace)}/${String(values.name)}`),
    ];
    expect(identities.filter((identity, index) => identities.indexOf(identity) !== index)).toEqual([]);
  });
});

describe("the laptop's own servers", () => {
  const { podCidr } = environments.local.kind;
  const admits = (peers: readonly Peer[], address: string) =>
    peers.some(
      ({ ip_block }) =>
        ip_block !== undefined && overlap(ip_block.cidr, address) && !ip_block.except?.some((cidr) => overlap(cidr, address)),
    );
  const locals = variants.filter(({ environment }) => onLaptop([environment]).length > 0);

  it.each([
    ["the state store", "state-store", "9000"],
    ["the registry", "registry", "5000"],
  ])("%s is reached from the host, whatever address Docker gave it, and by no pod's address", (_, namespace, port) => {
    expect(locals.length).toBeGreaterThan(1);
    for (const { policies } of locals) {
      const rules = policies
        .filter((policy) => policy.namespace === namespace)
        .flatMap(({ ingress }) => ingress)
        .filter(({ ports }) => ports.some((open) => open.port === port && open.protocol === "TCP"));
      const peers = rules.flatMap(({ from = [] }) => from);
      for (const host of ["172.18.0.1/32", "192.168.65.1/32", "10.89.0.1/32"]) expect([host, admits(peers, host)]).toEqual([host, true]);
      expect(admits(peers, podCidr)).toBe(false);
      expect(admits(peers, "8.8.8.8/32")).toBe(false);
    }
  });
});

describe("meets", () => {
  const from = { namespace: "shop", labels: { app: "client" } };
  const to = { namespace: "store", labels: { app: "server" } };
  const egress: End = { direction: "egress", from, to, port: "TCP 80" };
  const ingress: End = { ...egress, direction: "ingress" };

  it("takes the other end, also where it means more pods", () => {
    expect(meets(egress, ingress)).toBe(true);
    expect(meets(egress, { ...ingress, to: { ...to, labels: {} } })).toBe(true);
  });

  it.each([
    ["the same end", egress],
    ["another port", { ...ingress, port: "UDP 80" }],
    ["other pods", { ...ingress, to: { ...to, labels: { app: "other" } } }],
    ["fewer pods", { ...ingress, from: { ...from, labels: { app: "client", role: "batch" } } }],
    ["another namespace", { ...ingress, from: { ...from, namespace: "other" } }],
  ])("fails when it is %s", (_, other: End) => {
    expect(meets(egress, other)).toBe(false);
  });
});
