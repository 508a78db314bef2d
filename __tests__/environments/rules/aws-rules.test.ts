import { refusals } from "../changed";

describe("region", () => {
  it("fails when it is in GovCloud, where nothing public has a name", () => {
    expect(refusals("dev", { region: "us-gov-west-1", zones: ["us-gov-west-1a", "us-gov-west-1b"] })).toEqual([
      'dev: region is "us-gov-west-1", must be a region outside of GovCloud: Route 53 has no public hosted zones there; choose another one',
    ]);
  });
});

describe("zones", () => {
  test("fails when a zone is of another region, and says which one", () => {
    expect(refusals("dev", { zones: ["eu-central-1a", "us-east-1b"] })).toEqual([
      'dev: zones.1 is "us-east-1b", must be a zone of eu-central-1; change the zone or the region',
    ]);
    expect(refusals("dev", { region: "eu-central-2" })).toHaveLength(2);
  });

  test("fails when a zone is named twice", () => {
    expect(refusals("dev", { zones: ["eu-central-1a", "eu-central-1b", "eu-central-1a"] })).toEqual([
      'dev: zones.2 is "eu-central-1a", must be different from zones.0; remove the repetition',
    ]);
  });

  test.each(["x", "eu-central-1", "eu-central-1A", "us-west-2-lax-1a", "euc1-az1", ""])("fails when a zone is %j", (zone) => {
    expect(refusals("dev", { zones: ["eu-central-1a", zone] })).toEqual([expect.stringContaining("dev: zones.1 is ")]);
  });
});

describe("domain", () => {
  test("may be the hosted zone or below it", () => {
    expect(refusals("dev", { domain: "example.com", "hostedZone.name": "example.com" })).toEqual([]);
    expect(refusals("dev", { domain: "a.b.example.com", "hostedZone.name": "example.com" })).toEqual([]);
  });

  test.each(["example.org", "notexample.com", "com"])("fails when it is outside the hosted zone: %s", (domain) => {
    expect(refusals("dev", { domain, "hostedZone.name": "example.com" })).toHaveLength(1);
  });

  test("fails when it is outside, and names the zone", () => {
    expect(refusals("dev", { domain: "notexample.com", "hostedZone.name": "example.com" })).toEqual([
      'dev: domain is "notexample.com", must be example.com or a name below it; change the domain or the hosted zone',
    ]);
  });
});

describe("principals", () => {
  test("fails when one is listed twice or in both lists, as EKS has one access entry for each", () => {
    expect(refusals("dev", { "cluster.admins": ["role/a", "role/b", "role/a"], "cluster.viewers": ["role/c", "role/b"] })).toEqual([
      'dev.cluster: admins.2 is "role/a", must be different from admins.0; remove the repetition',
      'dev.cluster: viewers.1 is "role/b", must be another one than the admins; remove it from one of the lists',
    ]);
    expect(refusals("dev", { "cluster.viewers": ["role/c", "role/c"] })).toHaveLength(1);
  });
});

describe("a VPC that somebody else owns", () => {
  const id = (number: number) => `subnet-0000000000000000${number}`;
  const network = {
    vpc: "existing",
    vpcId: "vpc-01234567",
    cidr: "10.10.0.0/16",
    subnetIds: { public: [id(0), id(1)], private: [id(2), id(3)], data: [id(4), id(5)], intra: [id(6), id(7)] },
  };
  const told = (changes: object, subnetIds: object = {}) =>
    refusals("dev", { network: { ...network, ...changes, subnetIds: { ...network.subnetIds, ...subnetIds } } });

  test("is taken with one subnet of each tier in each zone", () => {
    expect(told({})).toEqual([]);
  });

  test.each(["vpc-0123456", "vpc-0123456789abcdef", "subnet-01234567", "vpc-0123456G", "VPC-01234567"])(
    "fails when its id is %s",
    (vpcId) => {
      expect(told({ vpcId })).toEqual([expect.stringContaining("must be an id such as vpc-0123456789abcdef0")]);
    },
  );

  test.each([[[]], [[id(0)]], [[id(0), id(1), id(8)]]])("fails when a tier has %j for two zones", (ids) => {
    expect(told({}, { public: ids })).toEqual([
      `dev.network.subnetIds: public is ${JSON.stringify(ids)}, must be 2 subnets, one for each zone; list them in the order of the zones`,
    ]);
  });

  test("fails when a subnet serves twice", () => {
    expect(told({}, { data: [id(0), id(5)] })).toEqual([
      `dev.network: subnetIds is "${id(0)}", must be a subnet used once; give each tier and zone a subnet of its own`,
    ]);
  });

  test("fails when it is mixed with what only a VPC of our own has", () => {
    expect(told({ nat: "one" })).toEqual(['dev.network: nat is "one", must be a field that exists; remove it']);
  });
});

describe("composed names", () => {
  test.each(["xn--a", "sthree-a", "amzn-s3-demo-a"])(
    "fails when the state bucket would begin with what S3 keeps for itself: %s",
    (project) => {
      const told = [expect.stringContaining(`name of the S3 bucket is "${project}-`)];
      expect(refusals("dev", { project })).toEqual(expect.arrayContaining(told));
      expect(refusals("local", { project })).toEqual(told);
    },
  );

  test("fails when there would be two hyphens in a row, and tells one name of each service", () => {
    const single = "lower-case letters, digits and single inner hyphens, a letter first";
    const fix = "change the project, or the part that follows the environment's name";
    expect(refusals("dev", { project: "a--b" })).toEqual([
      `dev: name of the RDS instance is "a--b-dev-database-replica-1", must be ${single}; ${fix}`,
      `dev: name of the RDS parameter group is "a--b-dev-database-postgres17", must be ${single}; ${fix}`,
      `dev: name of the RDS proxy is "a--b-dev-database", must be letters, digits and single inner hyphens, a letter first; ${fix}`,
      `dev: name of the ElastiCache replication group is "a--b-dev-cache", must be ${single}; ${fix}`,
      `dev: name of the ElastiCache user is "a--b-dev-cache-none", must be ${single}; ${fix}`,
      `dev: name of the ECR repository is "a--b-dev/ml-platform/frontend", must be lower-case parts joined by . _ - or /; ${fix}`,
    ]);
  });

  test("the longest project leaves room for what belongs to a cache", () => {
    expect(refusals("staging", { project: "a".repeat(20) })).toEqual([]);
  });
});
