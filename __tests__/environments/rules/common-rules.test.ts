import type { EnvironmentName } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { nameProblems } from "../../../environments/rules/common-rules";
import { describe as told } from "../../../constructs/shared/errors";
import { loadEnvironments } from "../../../environments/load";
import { committedWith, refusals, refusalsOf } from "../changed";

describe("tags", () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));

  test("are at most 40 with the five of the platform, so that services can add theirs", () => {
    for (const count of [0, 1, 34, 35]) expect(refusals("dev", { tags: tags(count) })).toEqual([]);
    expect(refusals("dev", { tags: tags(36) })).toEqual(["dev: tags is 41, must be at most 40 tags, ours included; remove some"]);
  });

  test.each(["Project", "Environment", "Owner", "CostCenter", "ManagedBy", "owner", "MANAGEDBY"])(
    "fails when %s is set, which the platform sets",
    (key) => {
      expect(refusals("dev", { tags: { [key]: "x" } })).toEqual([
        `dev: tags is "${key}", must be a key that the platform does not set itself; remove it, or change the field it comes from`,
      ]);
    },
  );

  test("fails when two keys differ in their case only, which IAM refuses", () => {
    expect(refusals("dev", { tags: { Team: "a", team: "b" } })).toEqual([
      'dev: tags is "team", must be a key that no other has in other letters; IAM takes no second one: rename it',
    ]);
  });

  test("reach the loaded environment as they were given", () => {
    const tagged = loadEnvironments({
      names: ["dev"],
      variables: {},
      committed: { ...environments, dev: { ...environments.dev, tags: { Team: "a b" } } },
    });
    expect(tagged.environments[0]?.tags).toEqual({ Team: "a b" });
  });
});

test("fails when an image is named twice", () => {
  expect(refusals("dev", { images: ["api", "worker", "api"] })).toEqual([
    'dev: images.2 is "api", must be different from images.0; remove the repetition',
  ]);
});

test.each<EnvironmentName>(["local", "dev", "staging"])("fails when %s is disposable and protected from deletion", (name) => {
  expect(refusals(name, { disposable: true, deletionProtection: true })).toEqual([
    `${name}: deletionProtection is true, must be false where disposable is true; ` +
      "change one of them: an environment is either thrown away or kept",
  ]);
});

describe("target", () => {
  test("fails when an environment of the cloud runs on the laptop", () => {
    const committed = { ...environments, prod: { ...environments.local, name: "prod" } };
    expect(refusalsOf({ names: ["prod"], committed })).toEqual([
      'prod: target is "local", must be "aws" for prod; only local runs on the laptop',
    ]);
  });

  test("fails when local runs in the cloud", () => {
    const committed = { ...environments, local: { ...environments.dev, name: "local" } };
    expect(refusalsOf({ names: ["local"], committed })).toEqual([
      'local: target is "aws", must be "local" for local; only local runs on the laptop',
    ]);
  });

  test("fails when a field of one target stands in an environment of the other", () => {
    expect(refusals("dev", { development: { allowInsecure: true } })).toEqual([
      'dev: development is {"allowInsecure":true}, must be a field that exists; remove it',
    ]);
    expect(refusals("local", { accountId: "000000000001" })).toEqual([
      'local: accountId is "000000000001", must be a field that exists; remove it',
    ]);
  });

  test("fails when an environment has the name of another one, whatever else is wrong", () => {
    expect(refusals("dev", { name: "prod" })).toEqual(['dev: name is "prod", must be "dev"; name it like its file']);
    expect(refusals("dev", { name: "prod", owner: 5 })).toHaveLength(2);
  });

  test("fails when prod calls itself dev to escape what production must have", () => {
    expect(refusals("prod", { name: "dev", monitoring: false })).toEqual([
      expect.stringContaining('prod: name is "dev", must be "prod"'),
      expect.stringContaining("prod: monitoring is false, must be true in prod"),
    ]);
  });
});

test("composed names that are too long are told by service, the first of each", () => {
  const bucket = { service: "S3 bucket", name: "a".repeat(64) } as const;
  expect(nameProblems(environments.dev, [bucket, bucket, { service: "IAM role", name: "a".repeat(65) }]).map(told)).toEqual([
    expect.stringMatching(/^dev: name of the S3 bucket is "a{64}", must be at most 63 characters, not 64; change the project/),
    expect.stringMatching(/^dev: name of the IAM role is "a{65}", must be at most 64 characters, not 65; change the project/),
  ]);
});

test("the committed values stay as they are, whatever is changed on the way", () => {
  const committed = committedWith({});
  loadEnvironments({ committed, variables: { EVENKEEL_DEV_ACCOUNT_ID: "123456789012" } });
  expect(committed).toEqual(environments);
});
