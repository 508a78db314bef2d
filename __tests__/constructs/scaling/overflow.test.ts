import { nodeLabels } from "../../../constructs/cluster/scheduling";
import { tagsOf } from "../../../constructs/shared/tags";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { manifestsOf, type Manifest } from "../../released";
import { only } from "../../synthesized";
import { karpenterOf, nodeSubnets } from "./karpenter-stack";

const { dev, prod } = environments;

const inDev = overflowOf(dev);
const inProd = overflowOf(prod);

function overflowOf(environment: AwsEnvironment): readonly Manifest[] {
  return manifestsOf(karpenterOf(environment));
}

/** The pool of a node group, or how its nodes start. */
function find(manifests: readonly Manifest[], kind: "NodePool" | "EC2NodeClass", name: string): Manifest {
  return only(
    manifests.filter((each) => each.kind === kind && each.metadata.name === name),
    `${kind} ${name}`,
  );
}

describe("an overflow", () => {
  it("exists for each group that has one, and for no other", () => {
    const nodeGroups = prod.cluster.nodeGroups.map((group) => (group.name === "general" ? { ...group, overflow: undefined } : group));
    const environment = { ...prod, cluster: { ...prod.cluster, nodeGroups } };
    expect(overflowOf(environment).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
      ["compute", "training", "data-processing"].flatMap((name) => [`EC2NodeClass ${name}`, `NodePool ${name}`]),
    );
  });

  it.each(prod.cluster.nodeGroups)("has nodes that pods take for those of $name", (group) => {
    expect(find(inProd, "NodePool", group.name).spec.template).toMatchObject({
      metadata: { labels: nodeLabels(group) },
      spec: {
        taints: group.taints,
        nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: group.name },
      },
    });
  });

  it.each([
    ["training", "amd64", "on-demand", ["g5.2xlarge", "g6.2xlarge"]],
    ["data-processing", "arm64", "spot", ["r7g.2xlarge", "r6g.2xlarge"]],
  ])("%s is of the group's types, in the environment's zones", (name, architecture, capacity, types) => {
    const { requirements } = (find(inProd, "NodePool", name).spec.template as { spec: { requirements: unknown } }).spec;
    expect(requirements).toEqual([
      { key: "node.kubernetes.io/instance-type", operator: "In", values: types },
      { key: "kubernetes.io/arch", operator: "In", values: [architecture] },
      { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
      { key: "karpenter.sh/capacity-type", operator: "In", values: [capacity] },
      { key: "topology.kubernetes.io/zone", operator: "In", values: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] },
    ]);
  });

  it("ends where the environment says", () => {
    expect(find(inDev, "NodePool", "general").spec.limits).toEqual({ cpu: "32", memory: "128Gi" });
  });

  it("is disturbed a tenth at a time, for every reason: one without a budget would have no limit", () => {
    const { disruption, template } = find(inDev, "NodePool", "general").spec as {
      disruption: { budgets: readonly { nodes: string; reasons: readonly string[] }[] };
      template: object;
    };
    expect(disruption).toMatchObject({ consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "5m" });
    expect(disruption.budgets.flatMap(({ reasons }) => reasons).sort()).toEqual(["Drifted", "Empty", "Underutilized"]);
    expect(disruption.budgets.filter(({ nodes }) => nodes !== "10%")).toEqual([{ nodes: "100%", reasons: ["Empty"] }]);
    expect(template).toMatchObject({ spec: { expireAfter: "720h" } });
  });
});

describe("nodes of an overflow", () => {
  it("start like those of the group: no metadata for pods, an encrypted disk, a pinned image", () => {
    expect(find(inProd, "EC2NodeClass", "general").spec).toEqual({
      amiSelectorTerms: [{ alias: expect.stringMatching(/^al2023@v20\d{6}$/) }],
      role: "ml-platform-dev-node",
      subnetSelectorTerms: nodeSubnets.map((id) => ({ id })),
      securityGroupSelectorTerms: [{ id: "sg-0123456789abcdef0" }],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", volumeType: "gp3", encrypted: true, deleteOnTermination: true } },
      ],
      detailedMonitoring: true,
      tags: { ...tagsOf(prod), Name: "ml-platform-prod-general" },
    });
  });
});
