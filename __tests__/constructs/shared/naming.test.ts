import fc from "fast-check";
import { awsNames, localNames, nameLimitBroken, type ComposedName } from "../../../constructs/shared/naming";
import { environments } from "../../../environments/index";

interface Limit {
  readonly service: ComposedName["service"];
  readonly max: number;
  readonly prefix?: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

const limits: readonly Limit[] = [
  {
    service: "S3 bucket",
    max: 63,
    good: ["ml-platform-dev-state-000000000001", "0ab"],
    bad: ["", "a", "-ab", "ab-", "a.b", "Ab", "a_b", "xn--a", "sthree-a", "amzn-s3-demo-a", "a-s3alias", "a--ol-s3", "a--x-s3", "ab\n"],
  },
  { service: "KMS alias", max: 256, prefix: "alias/", good: ["alias/a/b_c-D"], bad: ["alias/", "a", "alias/aws/s3", "alias/a.b"] },
  { service: "EKS cluster", max: 100, good: ["a_b-C9", "9"], bad: ["", "-a", "_a", "a.b", "a b", "a\n"] },
  { service: "EC2 launch template", max: 128, good: ["a_b-C9", "(a)./b"], bad: ["", "a b", "a*"] },
  { service: "IAM role", max: 64, good: ["a_b+=,.@-C9"], bad: ["", "a/b", "a b", "\u0430"] },
  { service: "ECR repository", max: 256, good: ["ab/c.d_e-f"], bad: ["", "A", "a//b", "a--b", "/a", "a/", "a:b"] },
  { service: "CloudWatch log group", max: 512, good: ["/aws/eks/a/cluster", "a.b_c#D"], bad: ["", "a b", "a*"] },
  { service: "load balancer", max: 32, good: ["ml-platform-dev", "A"], bad: ["", "-a", "a-", "a_b", "a.b", "internal-a"] },
  { service: "target group", max: 32, good: ["dev-api-0123abcd", "internal-a"], bad: ["", "-a", "a-", "a_b", "a.b"] },
  { service: "web ACL", max: 128, good: ["a_b-C9", "-a"], bad: ["", "a.b", "a b"] },
  { service: "SQS queue", max: 80, good: ["a_b-C9"], bad: ["", "a.fifo", "a b"] },
  { service: "EventBridge rule", max: 64, good: ["a.b_c-D"], bad: ["", "a/b", "a b"] },
  { service: "EventBridge schedule group", max: 64, good: ["a.b_c-D"], bad: ["", "a/b", "a b"] },
  { service: "RDS instance", max: 63, good: ["ml-platform-dev-database", "a"], bad: ["", "9a", "-a", "a-", "a--b", "A", "a_b", "a\n"] },
  { service: "RDS parameter group", max: 255, good: ["a-postgres17"], bad: ["", "9a", "a-", "a--b", "A", "a_b", "a.b"] },
  { service: "RDS subnet group", max: 255, good: ["a-b_c.d 9", "default-a"], bad: ["", "default", "A", "a/b"] },
  { service: "RDS proxy", max: 63, good: ["ml-platform-prod-database", "A9"], bad: ["", "9a", "a-", "a--b", "a_b"] },
  { service: "backup vault", max: 50, good: ["a_b-C9", "ab"], bad: ["", "a", "a.b", "a b", "ab\n"] },
  {
    service: "ElastiCache replication group",
    max: 40,
    good: ["ml-platform-prod-cache", "a"],
    bad: ["", "9a", "A", "a-", "a--b", "a_b", "a.b", "a b"],
  },
  { service: "ElastiCache user", max: 40, good: ["ml-platform-prod-cache-app", "a"], bad: ["", "9a", "A", "a-", "a--b", "a_b", "a b"] },
  {
    service: "Secrets Manager secret",
    max: 512,
    good: ["ml-platform-dev/database-app", "a", "a-12345", "a-1234567"],
    bad: ["", "a b", "a*", "a-abc123", "a-ABCDEF", "a/b-123456"],
  },
  { service: "SNS topic", max: 256, good: ["a_b-C9"], bad: ["", "a.fifo", "a b"] },
  { service: "CloudWatch alarm", max: 255, good: ["ml-platform-dev-database-cpu", "a b"], bad: ["", "a\n", "\u0000"] },
  { service: "Kind cluster", max: 50, good: ["ml-platform-local", "9.a"], bad: ["", "-a", "A", "a_b", ".a"] },
];

describe.each(limits)("$service", ({ service, max, prefix = "", good, bad }) => {
  const told = (name: string) => nameLimitBroken({ service, name });
  const ofLength = (length: number) => prefix + "a".repeat(length - prefix.length);

  test(`takes names of up to ${max} characters`, () => {
    for (const name of [...good, ofLength(max - 1), ofLength(max)]) expect({ name, told: told(name) }).toEqual({ name });
  });

  test("fails when the name is longer", () => {
    fc.assert(
      fc.property(fc.integer({ min: max + 1, max: 3 * max }), (length) => {
        expect(told(ofLength(length))).toBe(`at most ${max} characters, not ${length}`);
      }),
    );
  });

  test("fails when the name has another shape", () => {
    for (const name of bad) expect({ name, told: told(name) }).toEqual({ name, told: expect.any(String) });
  });
});

test("names on AWS begin with project and environment, buckets end with the account", () => {
  const names = awsNames(environments.prod);
  expect(names).toMatchObject({
    cluster: "ml-platform-prod",
    stateBucket: "ml-platform-prod-state-000000000003",
    stateLogBucket: "ml-platform-prod-state-logs-000000000003",
    stateKeyAlias: "alias/ml-platform-prod-state",
    clusterLogGroup: "/aws/eks/ml-platform-prod/cluster",
    flowLogGroup: "/aws/vpc/ml-platform-prod/flow-logs",
  });
  expect([names.keyAlias("secrets"), names.role("node"), names.launchTemplate("general"), names.repository("api")]).toEqual([
    "alias/ml-platform-prod-secrets",
    "ml-platform-prod-node",
    "ml-platform-prod-general",
    "ml-platform-prod/api",
  ]);
});

test("a target group says whose it is, and has a name of its own for each route, service and pair of ports", () => {
  const { targetGroup } = awsNames(environments.dev);
  expect(targetGroup("shop", "api", "recommendation-engine", 80, 8080)).toMatch(/^dev-recommendation-[0-9a-f]{8}$/); // no hyphen more
  const names = [
    targetGroup("shop", "api", "api", 80, 8080),
    targetGroup("shop", "api", "api", 80, 9090),
    targetGroup("shop", "api", "api", 81, 8080),
    targetGroup("shop", "web", "api", 80, 8080),
    targetGroup("docs", "api", "api", 80, 8080),
    awsNames({ ...environments.dev, project: "other" }).targetGroup("shop", "api", "api", 80, 8080),
  ];
  expect(new Set(names).size).toBe(names.length);
});

test("names on the laptop are those that Kind expects", () => {
  const names = localNames(environments.local);
  expect(names).toMatchObject({
    cluster: "ml-platform-local",
    kubeContext: "kind-ml-platform-local",
    stateBucket: "ml-platform-local-state",
  });
  expect(names.objectStoreUser("api")).toBe("workload-api");
});

test("the longest project that the schema takes fits into every name", () => {
  const longest = { ...environments.staging, project: "a".repeat(20) };
  const names = awsNames(longest);
  const composed: readonly ComposedName[] = [
    { service: "S3 bucket", name: names.stateLogBucket },
    { service: "IAM role", name: names.role("x".repeat(35)) },
    { service: "EC2 launch template", name: names.launchTemplate("x".repeat(20)) },
    { service: "S3 bucket", name: names.loadBalancerLogBucket },
    { service: "load balancer", name: names.loadBalancer },
    { service: "target group", name: names.targetGroup("n".repeat(63), "r".repeat(48), "s".repeat(63), 65535, 65535) },
    { service: "web ACL", name: names.webAcl },
    { service: "CloudWatch log group", name: names.wafLogGroup },
    { service: "SQS queue", name: names.interruptionQueue },
    { service: "EventBridge rule", name: names.interruptionRule("rebalance") },
    { service: "EventBridge schedule group", name: names.offHoursGroup },
    { service: "ECR repository", name: names.repository("x".repeat(100)) },
    { service: "ElastiCache replication group", name: names.cache("cache") },
    { service: "ElastiCache user", name: names.cacheUser("cache", "none") },
    { service: "CloudWatch alarm", name: names.alarm(`${names.cache("cache")}-0001`, "replicationLag") },
    { service: "SNS topic", name: names.alarmTopic("platform") },
    { service: "Kind cluster", name: localNames({ ...environments.local, project: "a".repeat(20) }).cluster },
  ];
  expect(composed.map(nameLimitBroken)).toEqual(composed.map(() => undefined));
  expect(nameLimitBroken({ service: "IAM role", name: names.role("x".repeat(36)) })).toBe("at most 64 characters, not 65");
});
