import { environmentNames } from "../../environments/environment";
import { environments } from "../../environments/index";
import { loadEnvironments } from "../../environments/load";
import { placements } from "../../environments/node-groups";
import { overlap } from "../../constructs/network/cidr";

const { local, dev, staging, prod } = environments;

test("the four committed environments load, in the order from the laptop to production", () => {
  const loaded = loadEnvironments({ variables: {} }).environments;
  expect(loaded).toEqual([local, dev, staging, prod]);
  expect(loaded.map(({ name }) => name)).toEqual(environmentNames);
});

test("every environment belongs to the project and says whose it is", () => {
  for (const environment of Object.values(environments)) {
    expect(environment).toMatchObject({ project: "ml-platform", owner: "platform-team", costCenter: "engineering" });
  }
});

test("dev is disposable and has one node group that serves every placement", () => {
  expect(dev).toMatchObject({ disposable: true, deletionProtection: false, highlyAvailable: false });
  expect(dev.cluster.nodeGroups.map(({ name }) => name)).toEqual(["general"]);
  expect([...(dev.cluster.nodeGroups[0]?.placements ?? [])].sort()).toEqual([...placements].sort());
});

test("staging keeps its data and has two node groups", () => {
  expect(staging).toMatchObject({ disposable: false, deletionProtection: true, backupRetentionDays: 7 });
  expect(staging.cluster.nodeGroups.map(({ name }) => name)).toEqual(["general", "data-processing"]);
});

test("prod survives the loss of a zone, keeps backups for 30 days and cannot be deleted by a slip", () => {
  expect(prod).toMatchObject({
    highlyAvailable: true,
    monitoring: true,
    disposable: false,
    deletionProtection: true,
    backupRetentionDays: 30,
    network: { vpc: "create", nat: "one-per-zone" },
    cluster: { endpoint: { access: "private" } },
  });
  expect(prod.zones).toHaveLength(3);
});

test("prod has four node groups, training on tainted GPU nodes", () => {
  expect(prod.cluster.nodeGroups.map(({ name }) => name)).toEqual(["general", "compute", "training", "data-processing"]);
  expect(prod.cluster.nodeGroups.find(({ name }) => name === "training")).toMatchObject({
    placements: ["training"],
    instanceTypes: ["g5.2xlarge", "g6.2xlarge"],
    taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
  });
});

test("the simulated node groups of local carry what prod's carry, so that pods are placed alike", () => {
  const alike = ({
    name,
    placements,
    labels,
    taints,
  }: (typeof prod.cluster.nodeGroups)[number] | (typeof local.kind.nodeGroups)[number]) => ({
    name,
    placements,
    labels,
    taints,
  });
  expect(local.kind.nodeGroups.map(alike)).toEqual(prod.cluster.nodeGroups.map(alike));
});

test("local runs the Kubernetes of prod, may be insecure and is disposable", () => {
  expect(local.kind.nodeImage).toContain(`:v${prod.cluster.version}.`);
  expect(local).toMatchObject({ disposable: true, development: { minimalResources: true, allowInsecure: true } });
});

test("accounts, domains and VPC blocks differ between the AWS environments", () => {
  const aws = [dev, staging, prod];
  for (const values of [aws.map(({ accountId }) => accountId), aws.map(({ domain }) => domain)]) expect(new Set(values).size).toBe(3);
  expect(overlap(dev.network.cidr, staging.network.cidr)).toBe(false);
  expect(overlap(dev.network.cidr, prod.network.cidr)).toBe(false);
  expect(overlap(staging.network.cidr, prod.network.cidr)).toBe(false);
});

test("no API server is open to the whole internet", () => {
  for (const { cluster } of [dev, staging, prod]) expect(JSON.stringify(cluster.endpoint)).not.toContain("/0");
  expect(staging.cluster.endpoint.access).toBe("private");
});
