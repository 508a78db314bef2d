import { ConfigurationError } from "../../constructs/shared/errors";
import { loadEnvironments } from "../../environments/load";
import { committedWith, refusals, refusalsOf } from "./changed";

const namesOf = (variables: Readonly<Record<string, string>>, names?: readonly string[]) =>
  loadEnvironments({ variables, ...(names ? { names } : {}) }).environments.map(({ name }) => name);

describe("selection", () => {
  test.each([
    ["dev", ["dev"]],
    ["prod,dev", ["dev", "prod"]],
    [" dev , local,dev,", ["local", "dev"]],
    ["prod,staging,dev,local", ["local", "dev", "staging", "prod"]],
  ])("%j loads each once, in the order from the laptop to production", (given, expected) => {
    expect(namesOf({ EVENKEEL_ENVIRONMENTS: given })).toEqual(expected);
    expect(
      namesOf(
        {},
        given
          .split(",")
          .map((name) => name.trim())
          .filter(Boolean),
      ),
    ).toEqual(expected);
  });

  test("of the command line goes before that of the variable", () => {
    expect(namesOf({ EVENKEEL_ENVIRONMENTS: "prod" }, ["dev"])).toEqual(["dev"]);
  });

  test("fails when a name is not known, and suggests one that is", () => {
    expect(refusalsOf({ variables: { EVENKEEL_ENVIRONMENTS: "prd,qa" } })).toEqual([
      'environment variables: EVENKEEL_ENVIRONMENTS is "prd", must be one of local, dev, staging, prod; did you mean prod?',
      'environment variables: EVENKEEL_ENVIRONMENTS is "qa", must be one of local, dev, staging, prod; choose one of them',
    ]);
    expect(refusalsOf({ names: ["Dev"] })).toEqual([
      'command line: environment is "Dev", must be one of local, dev, staging, prod; did you mean dev?',
    ]);
  });

  test.each([",", " ", " , "])("fails when it chooses nothing: %j", (given) => {
    expect(refusalsOf({ variables: { EVENKEEL_ENVIRONMENTS: given } })).toEqual([
      `environment variables: EVENKEEL_ENVIRONMENTS is "${given}", must be one of local, dev, staging, prod; choose one of them`,
    ]);
  });

  test.each(["__proto__", "constructor", "toString"])("fails when it is %s, which every object has", (name) => {
    expect(refusalsOf({ names: [name] })).toHaveLength(1);
  });
});

describe("all problems at once", () => {
  const broken = committedWith({
    local: { "kind.hostPorts.http": 80 },
    dev: { zones: ["eu-central-1a", "x"], backupRetentionDays: -1, ownr: "x", "cluster.nodeGroups.0.minNodes": 9, offHours: undefined },
    prod: { "network.cidr": "10.20.0.0/16", deletionProtection: false },
  });

  test("of several environments come in one error, in the order of the environments", () => {
    expect(refusalsOf({ committed: broken, variables: { EVENKEEL_X: "1", EVENKEEL_VALUES: "/nowhere/values.json" } })).toEqual([
      expect.stringMatching(/^environment variables: EVENKEEL_X is "1", must be a variable that exists; /),
      expect.stringMatching(/^environment variables: EVENKEEL_VALUES is "\/nowhere\/values.json", must be a readable JSON file; ENOENT/),
      "local.kind.hostPorts: http is 80, must be a whole number from 1024 to 65535 (port); choose one within that range",
      "dev: backupRetentionDays is -1, must be a whole number from 0 to 35 (days); choose one within that range",
      'dev: zones.1 is "x", must be a zone such as eu-central-1a; look it up with `aws ec2 describe-availability-zones`',
      'dev: ownr is "x", must be a field that exists; did you mean owner?',
      "dev.cluster.nodeGroups.0: minNodes is 9, must be at most maxNodes, which is 6; lower it or raise maxNodes",
      "prod: deletionProtection is false, must be true in prod; production is not deleted by a slip",
      'prod.network: cidr is "10.20.0.0/16", must be apart from staging\'s network.cidr 10.20.0.0/16; choose another block',
    ]);
  });

  test("are given with path, field, value, limit and fix", () => {
    const load = () => loadEnvironments({ committed: committedWith({ dev: { "cluster.nodeGroups.0.diskGib": 19 } }), variables: {} });
    expect(load).toThrow(ConfigurationError);
    expect(load).toThrow(
      expect.objectContaining({
        problems: [
          {
            path: "dev.cluster.nodeGroups.0",
            field: "diskGib",
            value: 19,
            limit: "a whole number from 20 to 16384 (GiB)",
            fix: "choose one within that range",
          },
        ],
      }),
    );
  });

  test("count only in chosen environments: a broken prod does not block dev", () => {
    const committed = committedWith({ prod: { zones: null, target: "x" }, local: { kind: 5 } });
    expect(refusalsOf({ committed, names: ["dev", "staging"] })).toEqual([]);
    expect(refusalsOf({ committed, variables: { EVENKEEL_ENVIRONMENTS: "dev" } })).toEqual([]);
    expect(refusalsOf({ committed, names: ["dev", "prod"] })).not.toEqual([]);
  });
});

describe("a malformed field", () => {
  test.each(["zones", "images", "cluster.admins", "project", "tags", "network"])("%s does not hide a problem of another", (field) => {
    const told = refusals("dev", { [field]: 5, disposable: true, deletionProtection: true });
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(expect.stringContaining("dev: deletionProtection is true, must be false where disposable is true"));
  });

  test("leaves the rules that read it waiting, not crashing", () => {
    expect(refusals("dev", { "cluster.nodeGroups": [{ name: "general" }], domain: "example.org" })).toContainEqual(
      expect.stringContaining('dev: domain is "example.org", must be dev.ml-platform.example.com or a name below it'),
    );
  });

  test("and a field that does not exist leave the rules at work on the fields beside them", () => {
    expect(refusals("dev", { "network.ntt": "one", "cluster.serviceCidr": "10.10.0.0/16" })).toEqual([
      'dev.network: ntt is "one", must be a field that exists; did you mean nat?',
      expect.stringContaining("dev.cluster: serviceCidr is"),
    ]);
  });
});
