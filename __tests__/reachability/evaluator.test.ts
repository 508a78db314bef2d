import fc from "fast-check";
import { blockOf } from "./addresses";
import type { Fields } from "./fields";
import { ReachabilityGraph, type Edge } from "./graph";
import { portText, textsOf } from "./ports";
import { Ranges } from "./ranges";

const kind = { kind_config: [{ networking: [{ pod_subnet: "10.244.0.0/16", service_subnet: "10.96.0.0/16" }] }] };

/** Pods in two namespaces, as Terraform writes them. */
function cluster(policies: readonly Fields[], more: Fields = {}): Fields {
  const deployment = (name: string, namespace: string, labels: Fields, port: Fields = {}) => ({
    metadata: { name, namespace },
    spec: { template: { metadata: { labels }, spec: { container: [{ name, port: [port] }] } } },
  });
  return {
    "test-apps": {
      resource: {
        kind_cluster: { Cluster: kind },
        kubernetes_namespace_v1: {
          Shop: { metadata: { name: "shop", labels: { team: "sales" } } },
          Store: { metadata: { name: "store" } },
        },
        kubernetes_deployment_v1: {
          Web: deployment("web", "${kubernetes_namespace_v1.Shop.metadata[0].name}", { app: "web", tier: "front" }),
          Api: deployment("api", "shop", { app: "api" }, { name: "http", container_port: 8080 }),
          Disk: deployment("disk", "store", { app: "disk" }, { name: "http", container_port: 9090 }),
        },
        kubernetes_network_policy_v1: Object.fromEntries(policies.map((policy, index) => [`Policy${index}`, policy])),
        ...more,
      },
    },
  };
}

/** On which ports pods talk to each other, or to a place. */
function open(json: Fields, from: string, to: string): readonly string[] {
  const edges: readonly Edge[] = new ReachabilityGraph(json, []).edges((one, other) => one.name === from && other.name === to);
  return edges.map(({ port }) => port);
}

const policy = (namespace: string, spec: Fields): Fields => ({ metadata: { name: "policy", namespace }, spec });
const into = (ingress: unknown, selector: Fields = {}): Fields =>
  policy("shop", { pod_selector: selector, policy_types: ["Ingress"], ingress });
const outOf = (egress: unknown): Fields => policy("shop", { pod_selector: {}, policy_types: ["Egress"], egress });
const app = (name: string) => ({ match_labels: { app: name } });
const web = [{ port: "80", protocol: "TCP" }];
const expressions = (key: string, operator: string, ...values: readonly string[]) => ({ match_expressions: [{ key, operator, values }] });

describe("policies of Kubernetes", () => {
  it("leave open what none selects", () => {
    expect(open(cluster([]), "shop/web", "shop/api")).toEqual(["any"]);
    expect(open(cluster([into([], app("web"))]), "shop/web", "shop/api")).toEqual(["any"]);
    expect(open(cluster([into([], app("api"))]), "shop/api", "shop/web")).toEqual(["any"]);
  });

  it("close a direction with a policy that says nothing about it but its type", () => {
    expect(open(cluster([into(undefined)]), "store/disk", "shop/api")).toEqual([]);
    expect(open(cluster([into(undefined)]), "shop/api", "store/disk")).toEqual(["any"]);
    expect(open(cluster([outOf(undefined)]), "shop/api", "store/disk")).toEqual([]);
    expect(open(cluster([outOf(undefined)]), "store/disk", "shop/api")).toEqual(["any"]);
  });

  it("are about what comes in where they name no type, and about what goes out where they have rules for it", () => {
    const untyped = (spec: Fields) => cluster([policy("shop", { pod_selector: {}, ...spec })]);
    expect(open(untyped({}), "store/disk", "shop/api")).toEqual([]);
    expect(open(untyped({}), "shop/api", "store/disk")).toEqual(["any"]);
    expect(open(untyped({ egress: [{ ports: web }] }), "shop/api", "store/disk")).toEqual(["80"]);
  });

  it("pass over rules of a direction that is not among their types", () => {
    const ignored = policy("shop", { pod_selector: {}, policy_types: ["Ingress"], ingress: [{}], egress: [{ ports: web }] });
    expect(open(cluster([ignored]), "shop/api", "store/disk")).toEqual(["any"]);
  });

  it("have to open both ends", () => {
    const receives = into([{ from: [{ pod_selector: app("web") }], ports: web }], app("api"));
    expect(open(cluster([receives]), "shop/web", "shop/api")).toEqual(["80"]);
    expect(open(cluster([receives, outOf(undefined)]), "shop/web", "shop/api")).toEqual([]);
    const sends = outOf([{ to: [{ pod_selector: app("api") }], ports: [{ port: "80" }, { port: "81" }] }]);
    expect(open(cluster([receives, sends]), "shop/web", "shop/api")).toEqual(["80"]);
  });

  it("add up", () => {
    const other = into([{ from: [{ pod_selector: app("web") }], ports: [{ port: "81", protocol: "UDP" }] }]);
    expect(open(cluster([into([{ ports: web }]), other, into(undefined)]), "shop/web", "shop/api")).toEqual(["80", "81/UDP"]);
  });

  it.each([
    ["a selector of pods alone means those of the policy's namespace", [{ pod_selector: {} }], ["shop/web"]],
    ["a selector of namespaces alone means all pods of those", [{ namespace_selector: app("none") }], []],
    ["an empty selector of namespaces means all of them", [{ namespace_selector: {} }], ["shop/web", "store/disk"]],
    ["namespaces go by their labels", [{ namespace_selector: { match_labels: { team: "sales" } } }], ["shop/web"]],
    [
      "every namespace has its name as a label",
      [{ namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "store" } } }],
      ["store/disk"],
    ],
    ["both in one peer have to fit", [{ namespace_selector: {}, pod_selector: app("disk") }], ["store/disk"]],
    ["one of several peers has to fit", [{ namespace_selector: app("none") }, { pod_selector: app("web") }], ["shop/web"]],
    ["In", [{ namespace_selector: {}, pod_selector: expressions("app", "In", "web", "none") }], ["shop/web"]],
    ["NotIn", [{ namespace_selector: {}, pod_selector: expressions("tier", "NotIn", "front") }], ["store/disk"]],
    ["Exists", [{ namespace_selector: {}, pod_selector: expressions("tier", "Exists") }], ["shop/web"]],
    ["DoesNotExist", [{ namespace_selector: {}, pod_selector: expressions("tier", "DoesNotExist") }], ["store/disk"]],
    ["labels and expressions have to fit both", [{ pod_selector: { ...app("web"), ...expressions("tier", "DoesNotExist") } }], []],
    ["a block that pods have their addresses in means pods", [{ ip_block: { cidr: "10.0.0.0/8" } }], ["shop/web", "store/disk"]],
    ["a block without them means none", [{ ip_block: { cidr: "10.0.0.0/8", except: ["10.244.0.0/16"] } }], []],
    ["no peer means everybody", [], ["shop/web", "store/disk"]],
  ])("%s", (_, from, senders) => {
    const json = cluster([into([{ from, ports: web }], app("api"))]);
    expect(["shop/web", "store/disk"].filter((sender) => open(json, sender, "shop/api").length > 0)).toEqual(senders);
  });

  it.each([
    ["none is all", undefined, ["any"]],
    ["a protocol alone is all of it", [{ protocol: "UDP" }], ["0-65535/UDP"]],
    ["TCP where there is no protocol", [{ port: 8080 }], ["8080"]],
    ["a range", [{ port: "8000", end_port: 8999, protocol: "TCP" }], ["8000-8999"]],
    ["a name is that of the pods that listen", [{ port: "http" }], ["8080"]],
    ["a name that they do not have", [{ port: "grpc" }], []],
  ])("ports: %s", (_, ports, opened) => {
    expect(open(cluster([into([{ ports }])]), "store/disk", "shop/api")).toEqual(opened);
    expect(
      open(cluster([policy("store", { pod_selector: {}, policy_types: ["Egress"], egress: [{ ports }] })]), "store/disk", "shop/api"),
    ).toEqual(opened);
  });

  it("tell whether all of a place is reached, or a part of it", () => {
    const to = (cidr: string, ...except: readonly string[]) => cluster([outOf([{ to: [{ ip_block: { cidr, except } }], ports: web }])]);
    expect(open(to("0.0.0.0/0"), "shop/web", "internet")).toEqual(["80"]);
    expect(open(to("8.8.8.8/32"), "shop/web", "internet")).toEqual(["80 (part)"]);
    expect(open(to("0.0.0.0/0", "8.8.8.8/32"), "shop/web", "internet")).toEqual(["80 (part)"]);
    expect(open(to("10.0.0.0/8"), "shop/web", "internet")).toEqual([]);
    expect(open(to("169.254.169.254/32"), "shop/web", "link-local addresses")).toEqual(["80 (part)"]);
  });
});

describe("what is not read is not passed over", () => {
  it.each([
    [
      "a policy in a release",
      { helm_release: { Other: { values: ['{"kind":"CiliumNetworkPolicy"}'] } } },
      "helm_release.Other brings a policy",
    ],
    ["a policy of another type", { kubernetes_network_policy: { Other: {} } }, "kubernetes_network_policy.Other brings a policy"],
    [
      "pods on their node's network",
      { kubernetes_pod_v1: { Pod: { metadata: { name: "pod" }, spec: { host_network: true } } } },
      "no policy holds",
    ],
    ["rules inside of a group", { aws_security_group: { Group: { ingress: [{}] } } }, "aws_security_group.Group has rules"],
    ["rules of an older type", { aws_security_group_rule: { Rule: {} } }, "aws_security_group_rule.Rule has rules"],
  ])("fails when there is %s", (_, more, told) => {
    expect(() => new ReachabilityGraph(cluster([], more), [])).toThrow(told);
  });

  it.each([
    ["a block of IPv6", [{ from: [{ ip_block: { cidr: "::/0" } }] }], '"::/0" is not a block of IPv4'],
    ["a peer that names nobody", [{ from: [{}] }], "names nobody"],
    ["an operator that does not exist", [{ from: [{ pod_selector: expressions("app", "Like", "web") }] }], "Like is no operator"],
    ["a reference to what is not there", [{ from: [{ pod_selector: app("web") }] }], "is known only when it is there"],
  ])("fails when a policy has %s", (name, ingress, told) => {
    const given = into(ingress);
    const policies = name.startsWith("a reference") ? [{ ...given, metadata: { namespace: "${random_id.Name.hex}" } }] : [given];
    expect(() => new ReachabilityGraph(cluster(policies), [])).toThrow(told);
  });
});

describe("security groups", () => {
  const output = "cross-stack-output-group";
  const rule = (values: Fields) => ({
    security_group_id: "${aws_security_group.Database.id}",
    ip_protocol: "tcp",
    from_port: 5432,
    to_port: 5432,
    ...values,
  });
  const pods = "${data.terraform_remote_state.cross-stack-reference-input-test-cluster.outputs.cross-stack-output-group}";
  const subnet = (tier: string, cidr: string) => ({ cidr_block: cidr, tags: { Name: `shop-${tier}-a` } });

  /** A VPC with pods and a database. */
  function vpc(ingress: Fields, egress: Fields = {}): Fields {
    return {
      "test-cluster": {
        output: { [output]: { value: "${aws_eks_cluster.Cluster.vpc_config[0].cluster_security_group_id}" } },
        resource: {
          aws_vpc: { Vpc: { cidr_block: "10.0.0.0/16" } },
          aws_eks_cluster: {
            Cluster: { kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16" }, vpc_config: { subnet_ids: [] } },
          },
        },
      },
      "test-data": {
        resource: {
          aws_subnet: { Private: subnet("private", "10.0.0.0/19"), Data: subnet("data", "10.0.144.0/22") },
          aws_db_subnet_group: { Group: { subnet_ids: ["${aws_subnet.Data.id}"] } },
          aws_security_group: { Database: {} },
          aws_db_instance: {
            Database: {
              db_subnet_group_name: "${aws_db_subnet_group.Group.name}",
              vpc_security_group_ids: ["${aws_security_group.Database.id}"],
            },
          },
          aws_vpc_security_group_ingress_rule: ingress,
          aws_vpc_security_group_egress_rule: egress,
          kubernetes_pod_v1: { Pod: { metadata: { name: "pod", namespace: "shop" }, spec: {} } },
        },
      },
    };
  }
  const database = "test-data/aws_db_instance.Database";

  it("deny what no rule allows", () => {
    expect(open(vpc({}), "shop/pod", database)).toEqual([]);
  });

  it("allow members of a group, through the output of another stack", () => {
    const json = vpc({ Rule: rule({ referenced_security_group_id: pods }) });
    expect(open(json, "shop/pod", database)).toEqual(["5432"]);
    expect(open(json, "private subnets", database)).toEqual([]);
    expect(open(json, database, "shop/pod")).toEqual([]);
  });

  it("allow addresses", () => {
    const json = vpc({ Rule: rule({ cidr_ipv4: "10.0.0.0/20", ip_protocol: "-1" }) });
    expect(open(json, "private subnets", database)).toEqual(["any (part)"]);
    expect(open(json, "shop/pod", database)).toEqual(["any (part)"]);
    expect(open(json, "data subnets", database)).toEqual([]);
  });

  it("narrow what policies allow, and the other way round", () => {
    const spec = {
      pod_selector: {},
      policy_types: ["Egress"],
      egress: [{ to: [{ ip_block: { cidr: "10.0.144.0/22" } }], ports: [{ port: "5432" }] }],
    };
    const json = (from_port: number, to_port: number, cidr = "10.0.144.0/22") => {
      const { "test-data": data, ...others } = vpc({ Rule: rule({ referenced_security_group_id: pods, from_port, to_port }) });
      const egress = [{ ...spec.egress[0], to: [{ ip_block: { cidr } }] }];
      const resource = {
        ...(data as { resource: Fields }).resource,
        kubernetes_network_policy_v1: { Policy: policy("shop", { ...spec, egress }) },
      };
      return { ...others, "test-data": { resource } };
    };
    expect(open(json(0, 65_535), "shop/pod", database)).toEqual(["5432"]);
    expect(open(json(0, 5000), "shop/pod", database)).toEqual([]);
    expect(open(json(0, 65_535, "10.0.144.0/24"), "shop/pod", database)).toEqual(["5432 (part)"]);
    expect(open(json(0, 65_535, "10.0.0.0/16"), "shop/pod", "private subnets")).toEqual(["5432"]);
  });

  it.each([
    ["a group that nobody knows", { Rule: rule({ security_group_id: "sg-1", cidr_ipv4: "10.0.0.0/8" }) }, '"sg-1" is no security group'],
    ["neither a group nor a block", { Rule: rule({}) }, "undefined is not a block of IPv4"],
  ])("fails when a rule has %s", (_, ingress: Fields, told) => {
    expect(() => new ReachabilityGraph(vpc(ingress), [])).toThrow(told);
  });
});

describe("ranges", () => {
  const small = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 6 })), { maxLength: 6 });
  const rangesOf = (pairs: readonly (readonly [number, number])[]) =>
    Ranges.of(...pairs.map(([first, length]) => [first, first + length] as const));
  const numbers = ({ list }: Ranges) =>
    list.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));

  it("are sets", () => {
    fc.assert(
      fc.property(small, small, (one, other) => {
        const [a, b] = [rangesOf(one), rangesOf(other)];
        const [inA, inB] = [new Set(numbers(a)), new Set(numbers(b))];
        expect(numbers(a.and(b))).toEqual([...inA].filter((number) => inB.has(number)));
        expect(numbers(a.minus(b))).toEqual([...inA].filter((number) => !inB.has(number)));
        expect(numbers(Ranges.union([a, b]))).toEqual([...new Set([...inA, ...inB])].sort((x, y) => x - y));
        expect(a.meets(b)).toBe([...inA].some((number) => inB.has(number)));
        expect(a.covers(b)).toBe([...inB].every((number) => inA.has(number)));
      }),
      { numRuns: 200 },
    );
  });

  it.each(["8080", "53/UDP", "1024-65535", "any", "9/SCTP"])("tell ports as %s, and read them so", (text) => {
    expect(textsOf(portText(text))).toEqual([text]);
  });

  it.each(["10.0.0.0", "10.0.0.256/8", "10.0.0.0/33", "::/0", undefined])("fails when %s is taken for a block", (cidr) => {
    expect(() => blockOf(cidr)).toThrow("is not a block of IPv4");
  });

  it("take a block from its first address, whatever address it was written with", () => {
    expect(blockOf("10.1.2.3/8").list).toEqual(blockOf("10.0.0.0/8").list);
    expect(blockOf("192.168.0.7/32").list).toEqual([[3_232_235_527, 3_232_235_527]]);
  });
});
