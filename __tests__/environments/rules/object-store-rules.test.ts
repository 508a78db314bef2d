import { refusals, type Changes } from "../changed";

const bucket = { name: "data", keepVersionsDays: 1 };
const buckets = (...changes: readonly object[]): Changes => ({
  "objectStore.buckets": changes.map((change) => ({ ...bucket, ...change })),
});
const told = (change: object) => refusals("dev", buckets(change));

describe("the life of objects", () => {
  it.each([
    ["keepVersionsDays", 1, 3650],
    ["archiveAfterDays", 1, 36_500],
    ["expireAfterDays", 1, 36_500],
    ["retentionDays", 1, 36_500],
  ])("%s is from %d to %d days", (field, min, max) => {
    for (const days of [min, min + 1, max - 1, max]) expect(told({ [field]: days })).toEqual([]);
    for (const days of [min - 1, max + 1, 1.5, "1", null]) {
      expect(told({ [field]: days })).toEqual([
        expect.stringContaining(`${field} is ${JSON.stringify(days)}, must be a whole number from ${min} to ${max}`),
      ]);
    }
  });

  it("goes on for 90 days in an archive", () => {
    for (const expireAfterDays of [120, 121]) expect(told({ archiveAfterDays: 30, expireAfterDays })).toEqual([]);
    for (const expireAfterDays of [1, 29, 30, 119]) {
      expect(told({ archiveAfterDays: 30, expireAfterDays })).toEqual([
        `dev.objectStore.buckets.0: expireAfterDays is ${expireAfterDays}, must be at least 120, archiveAfterDays and 90 more; ` +
          "raise it, or leave out archiveAfterDays: an archive charges for 90 days",
      ]);
    }
  });

  it("fails when they expire while they are locked", () => {
    for (const expireAfterDays of [60, 61]) expect(told({ retentionDays: 60, expireAfterDays })).toEqual([]);
    expect(told({ retentionDays: 60, expireAfterDays: 59 })).toEqual([
      "dev.objectStore.buckets.0: expireAfterDays is 59, must be at least retentionDays, which is 60; raise it: what is locked cannot be deleted",
    ]);
  });

  it("fails when they are archived before tiering could move any", () => {
    for (const archiveAfterDays of [30, 31]) expect(told({ intelligentTiering: true, archiveAfterDays })).toEqual([]);
    expect(told({ intelligentTiering: false, archiveAfterDays: 29 })).toEqual([]);
    expect(told({ intelligentTiering: true, archiveAfterDays: 29 })).toEqual([
      "dev.objectStore.buckets.0: archiveAfterDays is 29, must be at least 30 where intelligentTiering is true; " +
        "raise it, or leave one of them out: tiering moves nothing for 30 days",
    ]);
  });

  it("is the same on the laptop, and in each bucket", () => {
    const wrong = { archiveAfterDays: 1, expireAfterDays: 1, retentionDays: 2, intelligentTiering: true };
    const lines = refusals("local", buckets({}, { ...wrong, name: "other" }));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toContain("local.objectStore.buckets.1: ");
  });
});

describe("sites", () => {
  const site = { origins: ["https://app.example.com"], methods: ["GET"] };
  const told = (...cors: readonly object[]) => refusals("dev", buckets({ cors: cors.map((change) => ({ ...site, ...change })) }));

  it.each(["https://app.example.com", "http://localhost:3000", "https://a.b-c.example.com:1", "https://localhost:65535"])(
    "may be %s",
    (origin) => {
      expect(told({ origins: [origin] })).toEqual([]);
    },
  );

  it.each([
    ...[
      "*",
      "app.example.com",
      "https://",
      "https://app.example.com/",
      "https://app.example.com/x",
      "https://*.example.com",
      "ftp://a.example.com",
    ],
    ...["HTTPS://app.example.com", "https://app.example.com:", "https://app.example.com:123456", "https://a b.example.com", "null", ""],
  ])("fails when an origin is %j", (origin) => {
    expect(told({ origins: [origin] })).toEqual([
      expect.stringMatching(/origins\.0 is .*, must be (an origin such as|text that is not empty)/),
    ]);
  });

  it("fails when the port of an origin is above 65535", () => {
    expect(told({ origins: ["https://localhost:65536"] })).toEqual([expect.stringContaining("must be an origin with a port up to 65535")]);
  });

  it("fails when an origin or a method is listed twice, or none is", () => {
    const origins = ["https://a.example.com", "https://b.example.com", "https://a.example.com"];
    expect(told({ origins, methods: ["GET", "GET"] })).toEqual([
      'dev.objectStore.buckets.0.cors.0: origins.2 is "https://a.example.com", must be different from origins.0; remove the repetition',
      'dev.objectStore.buckets.0.cors.0: methods.1 is "GET", must be different from methods.0; remove the repetition',
    ]);
    expect(told({ origins: [], methods: [] })).toEqual([
      expect.stringContaining("origins is [], must be at least one origin"),
      expect.stringContaining("methods is [], must be at least one method"),
    ]);
    expect(told({ methods: ["OPTIONS"] })).toEqual([expect.stringContaining("must be one of GET, PUT, POST, DELETE, HEAD")]);
  });

  it("have at most 100 rules, which S3 takes", () => {
    for (const count of [99, 100]) expect(told(...Array<object>(count).fill({}))).toEqual([]);
    expect(told(...Array<object>(101).fill({}))).toEqual(["dev.objectStore.buckets.0: cors is 101, must be at most 100 rules; merge some"]);
  });

  it("fails when one of prod has no TLS", () => {
    const origins = ["https://app.example.com", "http://app.example.com"];
    expect(refusals("prod", buckets({ cors: [{ origins, methods: ["GET"] }] }))).toEqual([
      'prod.objectStore.buckets.0.cors.0: origins.1 is "http://app.example.com", must be an origin with https:// in prod; serve the site by TLS',
    ]);
    expect(told({ origins })).toEqual([]);
  });
});

describe("copies", () => {
  const key = (region: string, account: string) => `arn:aws:kms:${region}:${account}:key/01234567-89ab-cdef-0123-456789abcdef`;
  const replication = { region: "eu-west-1", accountId: "111111111111", keyArn: key("eu-west-1", "111111111111") };
  const told = (changes: object) => refusals("dev", { "s3.replication": { ...replication, ...changes } });

  it("are in another region or another account", () => {
    expect(told({})).toEqual([]);
    expect(told({ region: "eu-central-1", keyArn: key("eu-central-1", "111111111111") })).toEqual([]);
    expect(told({ accountId: "000000000001", keyArn: key("eu-west-1", "000000000001") })).toEqual([]);
    expect(told({ region: "eu-central-1", accountId: "000000000001", keyArn: key("eu-central-1", "000000000001") })).toEqual([
      'dev.s3.replication: region is "eu-central-1", must be another region or another account than those of the buckets; ' +
        "choose another region: copies beside the originals are lost with them",
    ]);
  });

  it("fails when their key is elsewhere", () => {
    for (const keyArn of [key("eu-west-2", "111111111111"), key("eu-west-1", "222222222222")]) {
      expect(told({ keyArn })).toEqual([
        `dev.s3.replication: keyArn is "${keyArn}", must be a key of account 111111111111 in eu-west-1; ` +
          "S3 encrypts a copy where it is kept: look the key up there",
      ]);
    }
  });

  it.each(["arn:aws:kms:eu-west-1:111111111111:alias/copies", "01234567-89ab-cdef-0123-456789abcdef", "arn:aws:s3:::a", ""])(
    "fails when their key is %j",
    (keyArn) => {
      expect(told({ keyArn })).toEqual([expect.stringMatching(/must be (the ARN of a KMS key|text)/)]);
    },
  );
});
