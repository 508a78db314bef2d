import type { EnvironmentName } from "../../environments/environment";
import { refusals } from "./changed";

interface Shape {
  /** @default dev */
  readonly environment?: EnvironmentName;
  readonly path: string;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
  /** What the refusal says. */
  readonly limit: string;
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
  { path: "hostedZone.name", good: ["ml-platform.example.com"], bad: ["-a.io", "a.io."], limit: "a domain name with labels" },
  {
    path: "cluster.nodeGroups.0.instanceTypes",
    good: [["m7g.large"], ["m7i-flex.large"], ["u-6tb1.112xlarge"], ["i7ie.metal-24xl"], ["t3.nano"]],
    bad: [["m7g"], ["m7g."], ["large"], ["M7g.large"], ["db.m7g.large"], ["cache.t4g.micro"], ["m7g.huge"], ["m7g.large.x"]],
    limit: "an EC2 instance type such as m7g.large",
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
  { path: "disposable", good: [true, false], bad: ["true", 1, 0, null, undefined], limit: "true or false" },
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

describe.each(shapes)("$path: $limit", ({ environment = "dev", path, good, bad, limit }) => {
  test("takes what fits", () => {
    for (const value of good)
      expect(refusals(environment, { [path]: value, ...(path === "hostedZone.name" ? { domain: value } : {}) })).toEqual([]);
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

describe("keys of tags, labels and taints", () => {
  const key = (length: number) => "a".repeat(length);

  test("a tag's key has 1 to 128 characters", () => {
    for (const length of [1, 127, 128]) expect(refusals("dev", { tags: { [key(length)]: "x" } })).toEqual([]);
    expect(refusals("dev", { tags: { [key(129)]: "x" } })).toEqual([expect.stringContaining("must be at most 128 characters")]);
    expect(refusals("dev", { tags: { "": "x" } })).toEqual([
      expect.stringContaining('dev.tags: key is "", must be text that is not empty'),
    ]);
  });

  test.each(["aws:x", "AWS:x", "a!", "a*b", "a;b"])("fails when a tag's key is %j", (name) => {
    expect(refusals("dev", { tags: { [name]: "x" } })).toEqual([
      `dev.tags: key is "${name}", must be a tag key without aws: at its start, of letters, digits, blanks and _ . : / = + @ -; rename the tag`,
    ]);
  });

  test("fails when two keys are wrong, and tells both", () => {
    expect(refusals("dev", { tags: { "a!": "x", "b!": "x" } })).toHaveLength(2);
  });

  const labels = (name: string, value = "x") => refusals("dev", { "cluster.nodeGroups.0.labels": { [name]: value } });
  const taints = (name: string) => refusals("dev", { "cluster.nodeGroups.0.taints": [{ key: name, value: "x", effect: "NoSchedule" }] });

  test("a label's and a taint's key has a name of 1 to 63 characters and a prefix of at most 253", () => {
    for (const name of ["a", key(62), key(63), `${key(252)}/a`, `${key(253)}/${key(63)}`, "nvidia.com/gpu", "A.b_c-D"]) {
      expect(labels(name)).toEqual([]);
      expect(taints(name)).toEqual([]);
    }
  });

  test.each([key(64), `${key(254)}/a`, "/a", "a/", "a/b/c", "-a", "a-", "a b", "A.io/a", "a..io/a", "a.-b/a", "ä"])(
    "fails when the key of a label or a taint is %j",
    (name) => {
      for (const told of [labels(name), taints(name)])
        expect(told).toContainEqual(expect.stringMatching(/key is .*, must be (at most 63|printable)/));
    },
  );

  test.each([
    "kubernetes.io/a",
    "node.kubernetes.io/a",
    "k8s.io/a",
    "x.k8s.io/a",
    "eks.amazonaws.com/a",
    "evenkeel/node-group",
    "placement.evenkeel/general",
  ])("fails when the key belongs to the platform: %s", (name) => {
    for (const told of [labels(name), taints(name)]) expect(told).toEqual([expect.stringContaining("must be a key outside kubernetes.io")]);
  });

  test.each(["-a", "a-", "a b", "a/b", "x".repeat(64), ""])("fails when the value of a label is %j", (value) => {
    expect(labels("a", value)).toHaveLength(1);
  });

  test.each(["NoSchedule", "PreferNoSchedule", "NoExecute"])("a taint may have the effect %s", (effect) => {
    expect(refusals("dev", { "cluster.nodeGroups.0.taints": [{ key: "a", value: "x", effect }] })).toEqual([]);
  });

  test.each(["NO_SCHEDULE", "noschedule", ""])("fails when the effect is %j", (effect) => {
    expect(refusals("dev", { "cluster.nodeGroups.0.taints": [{ key: "a", value: "x", effect }] })).toEqual([
      expect.stringContaining("dev.cluster.nodeGroups.0.taints.0: effect is"),
    ]);
  });
});

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
