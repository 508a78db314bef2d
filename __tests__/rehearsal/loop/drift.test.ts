import { humanDrift, platformDrift } from "../../../rehearsal/loop/drift";
import type { StoredResource } from "../../../rehearsal/loop/stored-resources";

describe("drift by the platform", () => {
  it.each([
    ["gets a node more", { desired_size: 2, min_size: 1, max_size: 3 }, 3],
    ["loses one where it has the most", { desired_size: 3, min_size: 1, max_size: 3 }, 2],
  ])("a node group %s", (_, scaling, desired) => {
    const group = object("aws_eks_node_group", { cluster_name: "c", scaling_config: [scaling] });
    expect(platformDrift([group])).toEqual([
      { ...group, values: { cluster_name: "c", scaling_config: [{ ...scaling, desired_size: desired }] } },
    ]);
  });

  it("leaves a node group alone that has one size", () => {
    expect(platformDrift([object("aws_eks_node_group", { scaling_config: [{ desired_size: 2, min_size: 2, max_size: 2 }] })])).toEqual([]);
  });

  describe("of a database", () => {
    const values = { engine_version: "16", engine_version_actual: "16.9", auto_minor_version_upgrade: true, allocated_storage: 20 };

    it("is a newer minor version, shown beside what was asked for", () => {
      expect(driftOf("aws_db_instance", values)).toEqual({ ...values, engine_version_actual: "16.10" });
    });

    it("is another version than what was asked for where that is an exact one", () => {
      const exact = { ...values, engine_version: "16.9" };
      expect(driftOf("aws_db_instance", exact)).toEqual({ ...exact, engine_version: "16.10", engine_version_actual: "16.10" });
    });

    it("is storage that has grown to its limit", () => {
      const growing = { ...values, auto_minor_version_upgrade: false, max_allocated_storage: 100 };
      expect(driftOf("aws_db_instance", growing)).toEqual({ ...growing, allocated_storage: 100 });
    });

    it.each([
      ["upgrades itself or grows", {}],
      ["has room to grow", { max_allocated_storage: 20 }],
    ])("is nothing where nothing %s", (_, others) => {
      expect(driftOf("aws_db_instance", { ...values, auto_minor_version_upgrade: false, ...others })).toBeUndefined();
    });
  });

  describe("of pods", () => {
    const scaler = (kind: string, name: string, namespace = "apps") =>
      object("kubernetes_horizontal_pod_autoscaler_v2", {
        metadata: [{ name: "scaler", namespace }],
        spec: [{ scale_target_ref: [{ api_version: "apps/v1", kind, name }] }],
      });
    const pods = (type: string, name: string) =>
      object(type, { metadata: [{ name, namespace: "apps" }], spec: [{ replicas: "2", paused: false }] });
    const [deployment, statefulSet] = [pods("kubernetes_deployment_v1", "api"), pods("kubernetes_stateful_set_v1", "api")];

    it.each([
      ["deployment", deployment, "Deployment"],
      ["stateful set", statefulSet, "StatefulSet"],
    ])("is one pod more of a %s that something scales", (_, scaled, kind) => {
      const others = [pods(scaled.type, "worker"), deployment, statefulSet].filter((other) => other !== scaled);
      expect(platformDrift([...others, scaled, scaler(kind, "api")])).toEqual([
        { ...scaled, values: { ...scaled.values, spec: [{ replicas: "3", paused: false }] } },
      ]);
    });

    it.each([
      ["nothing is scaled", []],
      ["another one is scaled", [scaler("Deployment", "worker")]],
      ["one of that name in another namespace is scaled", [scaler("Deployment", "api", "tools")]],
      ["one of that name of another kind is scaled", [scaler("StatefulSet", "api")]],
    ])("is nothing where %s", (_, scalers) => {
      expect(platformDrift([deployment, ...scalers])).toEqual([]);
    });
  });

  it("is nothing else", () => {
    expect(
      platformDrift([object("aws_kms_key", { tags_all: {} }), object("kubernetes_service_v1", { metadata: [{ name: "api" }] })]),
    ).toEqual([]);
  });
});

describe("drift by a person", () => {
  it("is a tag more, whether there were any or not", () => {
    const tagged = object("aws_kms_key", { tags: { Name: "k" }, tags_all: { Name: "k", Owner: "us" } });
    const untagged = object("aws_s3_bucket", { tags: null, tags_all: { Owner: "us" } });
    expect(humanDrift([tagged, untagged]).map(({ values }) => values)).toEqual([
      { tags: { Name: "k", owner: "somebody" }, tags_all: { Name: "k", Owner: "us", owner: "somebody" } },
      { tags: { owner: "somebody" }, tags_all: { Owner: "us", owner: "somebody" } },
    ]);
  });

  it("is another label, where the code has given one", () => {
    const labelled = object("kubernetes_namespace_v1", { metadata: [{ name: "apps", labels: { team: "us" } }] });
    const unlabelled = object("kubernetes_namespace_v1", { metadata: [{ name: "apps", labels: null }] });
    expect(humanDrift([labelled, unlabelled])).toEqual([
      { ...labelled, values: { metadata: [{ name: "apps", labels: { team: "somebody" } }] } },
    ]);
  });

  it("is a rule that lets everybody in, where it did not", () => {
    const closed = object("aws_vpc_security_group_ingress_rule", { cidr_ipv4: "10.0.0.0/16", from_port: 443, tags_all: {} });
    const open = object("aws_vpc_security_group_ingress_rule", { cidr_ipv4: "0.0.0.0/0", from_port: 443, tags_all: {} });
    expect(humanDrift([closed, open])).toEqual([{ ...closed, values: { cidr_ipv4: "0.0.0.0/0", from_port: 443, tags_all: {} } }]);
  });

  it("is nothing for what has neither tags nor labels", () => {
    expect(humanDrift([object("aws_route", { destination_cidr_block: "0.0.0.0/0" })])).toEqual([]);
  });
});

function object(type: string, values: StoredResource["values"]): StoredResource {
  return { address: `${type}.it`, type, values };
}

function driftOf(type: string, values: StoredResource["values"]): unknown {
  return platformDrift([object(type, values)])[0]?.values;
}
