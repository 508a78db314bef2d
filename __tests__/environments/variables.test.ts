import type { EnvironmentName } from "../../environments/environment";
import { loadEnvironments, type LoadOptions } from "../../environments/load";
import { knownVariables, overrides } from "../../environments/variables";
import { committedWith, refusalsOf, type Changes } from "./changed";

const loaded = (name: EnvironmentName, options: LoadOptions) => loadEnvironments({ ...options, names: [name] }).environments[0];

describe("variables", () => {
  const tunnel = { access: "private", reach: { by: "tunnel", address: "localhost:8443", tlsServerName: "a.example.org" } };
  const replication = {
    region: "eu-west-1",
    accountId: "012345678901",
    keyArn: "arn:aws:kms:eu-west-1:012345678901:key/01234567-89ab-cdef-0123-456789abcdef",
  };
  const before = { "s3.replication": replication };
  const vpn = { access: "private", reach: { by: "vpn", cidrs: ["10.251.0.0/16"] } };

  /** A value for every variable of an environment on AWS, with what has to stand there before. */
  const given: Readonly<Record<string, { text: string; path: string; value: unknown; before?: Changes; beside?: Record<string, string> }>> =
    {
      ACCOUNT_ID: { text: "012345678901", path: "accountId", value: "012345678901" },
      REGION: { text: "eu-west-1", path: "region", value: "eu-west-1", beside: { EVENKEEL_DEV_ZONES: "eu-west-1a,eu-west-1b" } },
      ZONES: { text: "eu-central-1b, eu-central-1c", path: "zones", value: ["eu-central-1b", "eu-central-1c"] },
      DOMAIN: { text: "x.dev.ml-platform.example.com", path: "domain", value: "x.dev.ml-platform.example.com" },
      HOSTED_ZONE_ID: { text: "Z0123456789", path: "hostedZone.id", value: "Z0123456789" },
      HOSTED_ZONE_NAME: { text: "example.com", path: "hostedZone.name", value: "example.com" },
      VPC_CIDR: { text: "10.11.0.0/16", path: "network.cidr", value: "10.11.0.0/16" },
      ADMINS: { text: "role/a,user/b", path: "cluster.admins", value: ["role/a", "user/b"] },
      VIEWERS: { text: ",", path: "cluster.viewers", value: [] },
      API_CIDRS: { text: "198.51.100.0/24", path: "cluster.endpoint.cidrs", value: ["198.51.100.0/24"] },
      VPN_CIDRS: {
        text: "10.99.0.0/16,10.98.0.0/16",
        path: "cluster.endpoint.reach.cidrs",
        value: ["10.99.0.0/16", "10.98.0.0/16"],
        before: { "cluster.endpoint": vpn },
      },
      TUNNEL_ADDRESS: {
        text: "localhost:9443",
        path: "cluster.endpoint.reach.address",
        value: "localhost:9443",
        before: { "cluster.endpoint": tunnel },
      },
      TUNNEL_SERVER_NAME: {
        text: "B.example.org",
        path: "cluster.endpoint.reach.tlsServerName",
        value: "B.example.org",
        before: { "cluster.endpoint": tunnel },
      },
      REPLICA_REGION: {
        text: "eu-west-2",
        path: "s3.replication",
        value: { ...replication, region: "eu-west-2", keyArn: replication.keyArn.replace("west-1", "west-2") },
        before,
        beside: { EVENKEEL_DEV_REPLICA_KEY_ARN: replication.keyArn.replace("west-1", "west-2") },
      },
      REPLICA_ACCOUNT_ID: {
        text: "123456789012",
        path: "s3.replication",
        value: { ...replication, accountId: "123456789012", keyArn: replication.keyArn.replace("012345678901", "123456789012") },
        before,
        beside: { EVENKEEL_DEV_REPLICA_KEY_ARN: replication.keyArn.replace("012345678901", "123456789012") },
      },
      REPLICA_KEY_ARN: {
        text: replication.keyArn.replace(/f$/, "0"),
        path: "s3.replication.keyArn",
        value: replication.keyArn.replace(/f$/, "0"),
        before,
      },
      CERTIFICATE_EMAIL: { text: "me@evenkeel.dev", path: "certificates.email", value: "me@evenkeel.dev" },
    };

  test("every variable of an environment on AWS is tried below", () => {
    expect(Object.keys(given)).toEqual(overrides.dev.map(({ suffix }) => suffix));
    expect(overrides.staging).toBe(overrides.dev);
    expect(overrides.prod).toBe(overrides.dev);
  });

  test.each(Object.entries(given))("%s reaches its place and no other", (suffix, { text, path, value, before, beside }) => {
    const committed = committedWith({ dev: before ?? {} });
    const variables = { ...beside, [`EVENKEEL_DEV_${suffix}`]: text };
    const expected = committedWith({
      dev: { ...before, ...(suffix === "REGION" ? { zones: ["eu-west-1a", "eu-west-1b"] } : {}), [path]: value },
    });
    expect(loaded("dev", { committed, variables })).toEqual(expected.dev);
    expect(refusalsOf({ committed, variables, names: ["local"] })).toEqual([]);
  });

  test.each([
    ["HTTP_PORT", "http"],
    ["HTTPS_PORT", "https"],
    ["REGISTRY_PORT", "registry"],
    ["OBJECT_STORE_PORT", "objectStore"],
  ])("EVENKEEL_LOCAL_%s moves a port of the laptop", (suffix, port) => {
    const expected = committedWith({ local: { [`kind.hostPorts.${port}`]: 12345 } });
    expect(loaded("local", { variables: { [`EVENKEEL_LOCAL_${suffix}`]: "12345" } })).toEqual(expected.local);
    expect(overrides.local).toHaveLength(4);
  });

  test.each(["80a", "8080.5", "-8080", "0x1F90", "1e4", "8 080", " 8080", "99999999999999999999"])("fails when a port is %j", (text) => {
    expect(refusalsOf({ variables: { EVENKEEL_LOCAL_HTTP_PORT: text }, names: ["local"] })).toEqual([
      expect.stringMatching(/^local\.kind\.hostPorts: http is .*, must be a whole number from 1024 to 65535/),
    ]);
  });

  test("fails when a value is not what the field takes, as if it stood in the code", () => {
    expect(
      refusalsOf({ variables: { EVENKEEL_DEV_ACCOUNT_ID: "12345\r", EVENKEEL_DEV_ADMINS: ",", EVENKEEL_DEV_ZONES: "eu-central-1a" } }),
    ).toEqual([
      'dev: accountId is "12345\\r", must be printable ASCII without blanks at its ends; retype it: a letter may be a look-alike of another alphabet',
      expect.stringContaining('dev: zones is ["eu-central-1a"], must be at least 2 zones'),
      expect.stringContaining("dev.cluster: admins is [], must be at least one principal"),
    ]);
  });

  test.each([
    ["EVENKEEL_DEV_ACOUNT_ID", "did you mean EVENKEEL_DEV_ACCOUNT_ID?"],
    ["EVENKEEL_ENVIRONMENT", "did you mean EVENKEEL_ENVIRONMENTS?"],
    ["EVENKEEL_LOCAL_ACCOUNT_ID", "did you mean"],
    ["EVENKEEL_QQQQQQQQQQQQQQQQQQQQ", "unset it; the README lists the variables"],
  ])("fails when %s is set, which nobody reads", (variable, fix) => {
    expect(refusalsOf({ variables: { [variable]: "x" } })).toEqual([
      expect.stringContaining(`environment variables: ${variable} is "x", must be a variable that exists; ${fix}`),
    ]);
  });

  test("fails when a variable is for a part that the environment has not", () => {
    expect(refusalsOf({ variables: { EVENKEEL_DEV_VPN_CIDRS: "10.99.0.0/16", EVENKEEL_PROD_API_CIDRS: "203.0.113.0/24" } })).toEqual([
      'environment variables: EVENKEEL_DEV_VPN_CIDRS is "10.99.0.0/16", must be left out while dev has no cluster.endpoint.reach.cidrs; ' +
        "unset it, or change that part of the environment first",
      expect.stringContaining("must be left out while prod has no cluster.endpoint.cidrs"),
    ]);
  });

  test("each has one name", () => {
    const known = knownVariables();
    expect(new Set(known).size).toBe(known.length);
    expect(known).toHaveLength(3 + 4 + 3 * 17);
  });
});
