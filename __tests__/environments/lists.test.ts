import { refusals } from "./changed";

describe("lists", () => {
  const blocks = (count: number) => Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);
  const types = (count: number) => Array.from({ length: count }, (_, index) => `m${index + 5}i.large`);

  test("an API server is open to at most 40 blocks", () => {
    for (const count of [1, 39, 40]) expect(refusals("dev", { "cluster.endpoint.cidrs": blocks(count) })).toEqual([]);
    expect(refusals("dev", { "cluster.endpoint.cidrs": blocks(41) })).toEqual([expect.stringContaining("must be at most 40 blocks")]);
    expect(refusals("dev", { "cluster.endpoint.cidrs": [] })).toEqual([expect.stringContaining("must be at least one block")]);
  });

  test("a node group has 1 to 20 instance types", () => {
    const told = (count: number) => refusals("dev", { "cluster.nodeGroups.0.instanceTypes": types(count) });
    for (const count of [1, 19, 20]) expect(told(count)).toEqual([]);
    expect(told(21)).toEqual([expect.stringContaining("must be at most 20 instance types")]);
    expect(told(0)).toEqual([expect.stringContaining("must be at least one instance type")]);
  });

  test("an environment has 2 to 4 zones", () => {
    const told = (letters: string) => refusals("dev", { zones: [...letters].map((letter) => `eu-central-1${letter}`) });
    for (const letters of ["ab", "abc", "abcd"]) expect(told(letters)).toEqual([]);
    for (const letters of ["", "a"]) expect(told(letters)).toEqual([expect.stringContaining("must be at least 2 zones; add a zone")]);
    expect(told("abcde")).toEqual([expect.stringContaining("must be at most 4 zones")]);
  });

  test.each([
    ["dev", "images", "at least one image"],
    ["dev", "cluster.admins", "at least one principal"],
    ["dev", "cluster.nodeGroups", "at least one node group"],
    ["dev", "cluster.nodeGroups.0.placements", "at least one placement"],
    ["local", "kind.nodeGroups", "at least one node group"],
    ["local", "objectStore.buckets", "at least one bucket"],
    ["staging", "cluster.endpoint.reach.cidrs", "at least one block"],
  ] as const)("fails when %s has an empty list of %s", (environment, path, limit) => {
    expect(refusals(environment, { [path]: [] })).toContainEqual(expect.stringContaining(`is [], must be ${limit}`));
  });

  test("viewers may be none", () => {
    expect(refusals("dev", { "cluster.viewers": [] })).toEqual([]);
  });

  test.each([
    ["zones", "eu-central-1a", 'dev: zones is "eu-central-1a", must be a list; write [ ... ]'],
    ["cluster", null, "dev: cluster is null, must be an object; write { ... }"],
    ["cluster", undefined, "dev: cluster is missing, must be an object; add the field"],
    ["network", "10.10.0.0/16", 'dev: network is "10.10.0.0/16", must be an object; write { ... }'],
    ["tags", "a=b", 'dev: tags is "a=b", must be an object; write { key: value }'],
    ["zones.1", 7, "dev: zones.1 is 7, must be text; write it in quotes"],
    ["cluster.nodeGroups.0", null, "dev.cluster: nodeGroups.0 is null, must be an object; write { ... }"],
  ])("fails when %s is %j, and says what is expected", (path, value, expected) => {
    expect(refusals("dev", { [path]: value })).toContain(expected);
  });
});
