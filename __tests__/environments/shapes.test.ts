import type { EnvironmentName } from "../../environments/environment";
import { refusals, type Changes } from "./changed";

interface Shape {
  /** @default dev */
  readonly environment?: EnvironmentName;
  readonly path: string;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
  /** What the refusal says. */
  readonly limit: string;
  /** What else has to change, so that no other rule speaks. */
  readonly beside?: (value: unknown) => Changes;
}

const digest = (digit: string, length = 64) => `@sha256:${digit.repeat(length)}`;

const shapes: readonly Shape[] = [
  {
    path: "project",
    good: ["a", "a1", "ml-platform", "a-1"],
    bad: ["1a", "-a", "a-", "A", "a_b", "a.b", "ml platform"],
    limit: "lower-case letters, digits and inner hyphens, a letter first",
  },
  {
    path: "owner",
    good: ["platform-team", "R and D", "team@example.org", "a"],
    bad: ["R&D", "team!", "a;b", "${x}"], // tags of IAM and ECR take none of these
    limit: "a tag value of letters, digits, blanks and _ . : / = + @ -",
  },
  {
    path: "accountId",
    good: ["000000000000", "123456789012"],
    bad: ["12345678901", "12345678901a", "1234-5678-90", "-12345678901", "1e11"],
    limit: "12 digits",
  },
  {
    path: "region",
    good: [],
    bad: ["eu-central-9", "EU-CENTRAL-1", "eu-central-1a", "cn-north-1", "", null, 1],
    limit: "one of af-south-1",
  },
  {
    path: "images.0",
    good: ["api", "team/api", "a.b_c-d", "0", "a/b/c"],
    bad: ["Api", "/api", "api/", "a//b", "a--b", "-a", "a.", "api:latest", "a b"],
    limit: "a repository name in lower case",
  },
  {
    path: "cluster.admins.0",
    good: [
      "role/a",
      "user/a",
      "role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef",
      "user/a+b=c,d.e@f-g_h",
    ],
    bad: ["a", "group/a", "role/", "role/a/", "arn:aws:iam::000000000001:role/a", "role/*", "role/a b", "Role/a"],
    limit: "role/<path and name> or user/<name>",
  },
  { path: "cluster.version", good: ["1.35"], bad: ["1.34", "1.36", "v1.35", "1.35.0", 1.35, "latest"], limit: "one of 1.35" },
  {
    path: "hostedZone.id",
    good: ["Z0123456", "ZABCDEFGHIJKLMNOPQRST"],
    bad: ["Z012345", "A0123456", "z0123456", "/hostedzone/Z0123456"],
    limit: "the id of a Route 53 zone",
  },
  {
    environment: "local",
    path: "domain",
    good: ["a.io", "ml-platform.localhost", `${"a".repeat(63)}.io`, `a.${"a".repeat(63)}`, "1.io", "xn--bcher-kva.example"],
    bad: [
      "localhost",
      "a.io.",
      ".a.io",
      "a..io",
      "-a.io",
      "a-.io",
      `${"a".repeat(64)}.io`,
      `a.${"a".repeat(64)}`,
      "a.1",
      "a_b.io",
      "*.a.io",
    ],
    limit: "a domain name with labels of 1 to 63 characters",
  },
  { environment: "local", path: "domain", good: ["a.io"], bad: ["A.io", "a.IO"], limit: "a domain name in lower case" },
  {
    path: "hostedZone.name",
    good: ["ml-platform.example.com"],
    bad: ["-a.io", "a.io."],
    limit: "a domain name with labels",
    beside: (domain) => ({ domain }),
  },
  {
    path: "cluster.nodeGroups.0.instanceTypes",
    good: [["m7g.large"], ["m7i-flex.large"], ["u-6tb1.112xlarge"], ["i7ie.metal-24xl"], ["t3.nano"]],
    bad: [["m7g"], ["m7g."], ["large"], ["M7g.large"], ["db.m7g.large"], ["cache.t4g.micro"], ["m7g.huge"], ["m7g.large.x"]],
    limit: "an EC2 instance type such as m7g.large",
  },
  {
    path: "database.name",
    good: ["a", "app", "my_app2", "a".repeat(63)],
    bad: ["App", "1a", "_a", "a-b", "a.b", "a b", "a;b", 'a"b'],
    limit: "lower-case letters, digits and _, a letter first",
  },
  { path: "database.version", good: ["17", "18"], bad: ["16", "19", "17.1", 17, "postgres17"], limit: "one of 17, 18" },
  {
    path: "database.size",
    good: ["small", "medium", "large"],
    bad: ["tiny", "db.m7g.large", "Small"],
    limit: "one of small, medium, large",
  },
  { path: "database.extensions.0", good: ["vector", "uuid-ossp"], bad: ["postgis", "uuid_ossp", ""], limit: "one of pg_stat_statements" },
  { path: "database.upkeep.0", good: ["vacuum"], bad: ["VACUUM", "cluster", ""], limit: "one of vacuum, analyze, reindex" },
  {
    path: "database.maintenance.day",
    good: ["mon", "sun"],
    bad: ["Sun", "sunday", 0, "*"],
    limit: "one of mon, tue, wed, thu, fri, sat, sun",
  },
  {
    path: "database.maintenance.start",
    good: ["00:00", "12:30", "22:59"],
    bad: ["24:00", "1:00", "01:60", "0100"],
    limit: "a time such as 07:30",
    beside: () => ({ "database.backupAt": "05:00" }),
  },
  { path: "rds.insights", good: ["standard", "advanced"], bad: ["off", "", true], limit: "one of standard, advanced" },
  {
    path: "cache.topology.kind",
    good: ["single"],
    bad: ["sentinel", "cluster", "", null, undefined],
    limit: "single, replicated or clustered",
  },
  {
    path: "cluster.nodeGroups.0.capacity",
    good: ["spot", "on-demand"],
    bad: ["SPOT", "reserved", "", true],
    limit: "one of on-demand, spot",
  },
  {
    path: "network.nat",
    good: ["one", "one-per-zone"],
    bad: ["none", 1, true],
    limit: "one of one, one-per-zone",
  },
  { path: "network.vpc", good: ["create"], bad: ["default", "", null, undefined], limit: "create or existing" },
  { path: "cluster.endpoint.access", good: ["public"], bad: ["none", "both", null, undefined], limit: "private or public" },
  { path: "target", good: ["aws"], bad: ["azure", "AWS", "", null, undefined, 1], limit: "local or aws" },
  { path: "name", good: ["dev"], bad: ["Dev", "qa", "", null, undefined], limit: "one of local, dev, staging, prod" },
  {
    path: "disposable",
    good: [true, false],
    bad: ["true", 1, 0, null, undefined],
    limit: "true or false",
    beside: () => ({ offHours: undefined }),
  },
  {
    environment: "local",
    path: "kind.nodeImage",
    good: [`docker.io/kindest/node:v1.35.0${digest("0")}`, `registry.example.com:5000/a/b:v1.35.12${digest("f")}`],
    bad: [
      "docker.io/kindest/node",
      "docker.io/kindest/node:v1.35.0",
      `docker.io/kindest/node${digest("0")}`,
      `docker.io/kindest/node:latest${digest("0")}`,
      `docker.io/kindest/node:v1.35.0${digest("0", 63)}`,
      `docker.io/kindest/node:v1.35.0${digest("0", 65)}`,
      `docker.io/kindest/node:v1.35.0${digest("G")}`,
      `kindest/node:v1.35.0${digest("0")}`,
    ],
    limit: "an image with registry, tag (not latest) and sha256 digest",
  },
  {
    environment: "local",
    path: "kind.nodeImage",
    good: [`docker.io/kindest/node:v1.35.9${digest("0")}`],
    bad: [
      `docker.io/kindest/node:v1.34.0${digest("0")}`,
      `docker.io/kindest/node:1.35.0${digest("0")}`,
      `docker.io/kindest/node:main${digest("0")}`,
    ],
    limit: "an image with a tag v<version>.<patch>, the version one of 1.35",
  },
];

describe.each(shapes)("$path: $limit", ({ environment = "dev", path, good, bad, limit, beside = () => ({}) }) => {
  test("takes what fits", () => {
    for (const value of good) expect(refusals(environment, { ...beside(value), [path]: value })).toEqual([]);
  });

  test("fails when the value does not fit", () => {
    for (const value of bad) expect(refusals(environment, { [path]: value })).toContainEqual(expect.stringContaining(`must be ${limit}`));
  });
});

const tunnel = {
  access: "private",
  reach: { by: "tunnel", address: "localhost:8443", tlsServerName: "ABC123.gr7.eu-central-1.eks.amazonaws.com" },
};

describe("the tunnel to a private API server", () => {
  const told = (reach: Readonly<Record<string, unknown>>) =>
    refusals("staging", { "cluster.endpoint": { ...tunnel, reach: { ...tunnel.reach, ...reach } } });

  test("takes an address and the name in the certificate, whatever the case of its letters", () => {
    for (const address of ["localhost:8443", "127.0.0.1:1", "bastion.example.com:65535"]) expect(told({ address })).toEqual([]);
  });

  test.each(["localhost", "localhost:", ":8443", "https://localhost:8443", "localhost:8443/", "a b:1"])(
    "fails when the address is %j",
    (address) => {
      expect(told({ address })).toEqual([
        expect.stringContaining(`staging.cluster.endpoint.reach: address is "${address}", must be host:port`),
      ]);
    },
  );

  test.each([0, 65536, 99999])("fails when its port is %d", (port) => {
    expect(told({ address: `localhost:${port}` })).toEqual([expect.stringContaining("must be host:port with a port from 1 to 65535")]);
  });

  test.each(["kubernetes", "-a.io", "a b.io", `${"a".repeat(64)}.io`])("fails when the name in the certificate is %j", (tlsServerName) => {
    expect(told({ tlsServerName })).toEqual([expect.stringContaining("must be a domain name")]);
  });
});
