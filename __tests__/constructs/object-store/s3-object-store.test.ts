import { cloudWatchSeriesOf } from "../../../constructs/monitoring/cloudwatch-series";
import { S3ObjectStore } from "../../../constructs/object-store/s3-object-store";
import type { BucketIntent } from "../../../constructs/object-store/object-store";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { demanding, grantedIn, identityOf, itHonoursObjectStore, plain } from "../../contracts/object-store";
import { dataStackOf, type DataParts } from "../../data-stack";
import { only, statement, statementsOf, type SynthesizedStack } from "../../synthesized";

const { dev, local, prod } = environments;

function make({ stack, setting }: DataParts, id: string, buckets: readonly BucketIntent[], environment: AwsEnvironment = dev) {
  return new S3ObjectStore(stack, id, { environment, setting, buckets });
}

itHonoursObjectStore("S3ObjectStore", dev, make);

describe("S3ObjectStore", () => {
  const stackOf = (environment: AwsEnvironment, ...buckets: readonly BucketIntent[]) =>
    dataStackOf(environment, (parts) => make(parts, "Store", buckets, environment));
  const [bare, full] = [stackOf(dev, plain), stackOf(dev, demanding)];
  const key = `\${${bare.address("aws_kms_key")}.arn}`;

  it("consists of", () => {
    expect(bare.inventory).toEqual([
      "aws_kms_alias",
      "aws_kms_key", // of all buckets
      "aws_s3_bucket", // objects
      "aws_s3_bucket", // access logs
      "aws_s3_bucket_lifecycle_configuration", // objects
      "aws_s3_bucket_lifecycle_configuration", // access logs
      "aws_s3_bucket_logging", // objects
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_s3_bucket_versioning",
      "helm_release", // signals, recorded
    ]);
    expect(full.inventory.filter((type) => !bare.inventory.includes(type))).toEqual([
      "aws_s3_bucket_cors_configuration",
      "aws_s3_bucket_object_lock_configuration",
    ]);
  });

  it("has CloudWatch asked for the size of every class that objects are in, and for their number, where somebody watches", () => {
    const measured = (environment: AwsEnvironment, purpose: "objects" | "telemetry", ...buckets: readonly BucketIntent[]) => {
      const asked: string[] = [];
      dataStackOf(environment, ({ setting, stack }) => {
        const store = new S3ObjectStore(stack, "Store", { environment, setting, purpose, buckets: [plain] });
        buckets.forEach((intent, index) => store.createBucket(stack, `Later${index}`, intent));
        const { metrics } = cloudWatchSeriesOf(stack);
        asked.push(...metrics.map(({ dimensions, metric }) => [metric, dimensions.BucketName, dimensions.StorageType].join(" ")));
      });
      return asked;
    };
    const tiered = { ...plain, name: "tiered", intelligentTiering: true, archiveAfterDays: 90 };
    const bucket = (name: string) => `ml-platform-dev-${name}-000000000001`;
    expect(measured(dev, "objects", tiered)).toEqual([
      `BucketSizeBytes ${bucket(plain.name)} StandardStorage`,
      `NumberOfObjects ${bucket(plain.name)} AllStorageTypes`,
      ...["Standard", "IntelligentTieringFA", "IntelligentTieringIA", "IntelligentTieringAIA", "GlacierInstantRetrieval"].map(
        (each) => `BucketSizeBytes ${bucket("tiered")} ${each}Storage`,
      ),
      `NumberOfObjects ${bucket("tiered")} AllStorageTypes`,
    ]);
    expect([measured(dev, "telemetry"), measured({ ...dev, monitoring: false }, "objects")]).toEqual([[], []]);
  });

  it("closes the bucket to the public, to object ACLs and to plain transport", () => {
    expect(of(bare, "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(of(bare, "aws_s3_bucket_ownership_controls")).toMatchObject({ rule: { object_ownership: "BucketOwnerEnforced" } });
    const { policy } = of(bare, "aws_s3_bucket_policy");
    for (const sid of ["DenyPlainHttp", "DenyOldTls"]) {
      expect(statement(policy, sid)).toMatchObject({ Effect: "Deny", Principal: "*", Action: "s3:*" });
    }
  });

  it("encrypts under the store's key, which is rotated, with a bucket key", () => {
    expect(of(bare, "aws_s3_bucket_server_side_encryption_configuration")).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: key }, bucket_key_enabled: true }],
    });
    expect(bare.one("aws_kms_key")).toMatchObject({ enable_key_rotation: true });
    expect(bare.one("aws_kms_alias")).toMatchObject({ name: "alias/ml-platform-dev-objects" });
  });

  it("refuses objects under another key, under AWS's own, and under one that S3 does not keep", () => {
    const { policy } = of(bare, "aws_s3_bucket_policy");
    const header = "s3:x-amz-server-side-encryption";
    const put = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `\${${objects(bare)}.arn}/*` };
    expect(statement(policy, "DenyOtherKeys")).toEqual({
      Sid: "DenyOtherKeys",
      ...put,
      // A comparison that is negated holds for a request that names no key, too.
      Condition: { Null: { [header]: "false" }, StringNotEquals: { [`${header}-aws-kms-key-id`]: key } },
    });
    expect(statement(policy, "DenyCustomerKeys")).toEqual({
      Sid: "DenyCustomerKeys",
      ...put,
      Condition: { Null: { [`${header}-customer-algorithm`]: "false" } },
    });
  });

  it("keeps versions as long as asked for, and neither markers of what is gone nor unfinished uploads", () => {
    expect(of(bare, "aws_s3_bucket_versioning")).toMatchObject({ versioning_configuration: { status: "Enabled" } });
    expect(of(bare, "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
      {
        id: "objects",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ expired_object_delete_marker: true }],
        noncurrent_version_expiration: [{ noncurrent_days: 3 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  it("moves objects where they can still be read at once, and deletes them in time", () => {
    expect(of(full, "aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
      {
        transition: [
          { days: 0, storage_class: "INTELLIGENT_TIERING" },
          { days: 40, storage_class: "GLACIER_IR" },
        ],
        expiration: [{ days: 200 }],
        noncurrent_version_expiration: [{ noncurrent_days: 5 }],
      },
    ]);
  });

  it("lets the named sites in, and no other", () => {
    const common = { allowed_headers: ["*"], expose_headers: ["ETag"], max_age_seconds: 3600 };
    expect(of(full, "aws_s3_bucket_cors_configuration").cors_rule).toEqual([
      { ...common, allowed_origins: ["https://app.example.com", "http://localhost:3000"], allowed_methods: ["GET", "PUT"] },
      { ...common, allowed_origins: ["https://www.example.com"], allowed_methods: ["HEAD"] },
    ]);
  });

  it.each([
    ["so that a disposable environment can be destroyed", dev, "GOVERNANCE"],
    ["so that nobody gets around it where data is kept", prod, "COMPLIANCE"],
  ])("locks versions %s", (_, environment, mode) => {
    const stack = stackOf(environment, demanding);
    expect(stack.one("aws_s3_bucket", "Store_Bucket-demanding")).toMatchObject({ object_lock_enabled: true });
    expect(of(stack, "aws_s3_bucket_object_lock_configuration")).toMatchObject({
      object_lock_enabled: "Enabled",
      rule: { default_retention: { mode, days: 20 } },
    });
    expect(bare.one("aws_s3_bucket", "Store_Bucket-plain")).not.toHaveProperty("object_lock_enabled");
  });

  it("logs requests to one bucket for all, below the bucket's name, as long as the environment says", () => {
    const two = stackOf(prod, plain, demanding);
    const logs = `\${${two.address("aws_s3_bucket", "Store_AccessLogs")}.id}`;
    const policyAddress = two.address("aws_s3_bucket_policy", "Store_AccessLogs");
    expect(two.all("aws_s3_bucket_logging")).toEqual(
      ["demanding", "plain"].map((name) => ({
        bucket: `\${${two.address("aws_s3_bucket", `Store_Bucket-${name}`)}.id}`,
        target_bucket: logs,
        target_prefix: `${name}/`,
        depends_on: [policyAddress], // S3 tries at once
      })),
    );
    expect(two.one("aws_s3_bucket_lifecycle_configuration", "Store_AccessLogs")).toMatchObject({
      rule: [{ expiration: [{ days: prod.s3.accessLogRetentionDays }] }],
    });
    const { policy } = two.one("aws_s3_bucket_policy", "Store_AccessLogs");
    expect(statementsOf(policy).filter(({ Effect }) => Effect === "Allow")).toEqual([
      {
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${logs.replace(".id}", ".arn}")}/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::ml-platform-prod-*" },
          StringEquals: { "aws:SourceAccount": prod.accountId },
        },
      },
    ]);
  });

  it("lets a workload use the key through S3 and for its bucket only", () => {
    const stack = dataStackOf(dev, (parts) => {
      const store = make(parts, "Store", [plain, demanding]);
      store.bucket("plain").grantRead(identityOf(parts, "reader"), "Plain");
      store.bucket("demanding").grantReadWrite(identityOf(parts, "writer"), "Demanding");
    });
    const ofKey = grantedIn(stack).filter(({ Resource }) => JSON.stringify(Resource).includes("aws_kms_key"));
    const condition = (bucket: string) => ({
      StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] },
    });
    expect(ofKey.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [["kms:Decrypt"], condition("ml-platform-dev-plain-000000000001")],
      [["kms:Decrypt", "kms:GenerateDataKey"], condition("ml-platform-dev-demanding-000000000001")],
    ]);
  });

  it.each([
    ["gives up what a disposable environment keeps", dev, false],
    ["protects what is kept, its key and its logs", prod, true],
  ])("%s", (_, environment, kept) => {
    const stack = stackOf(environment, plain);
    for (const bucket of stack.all("aws_s3_bucket")) {
      expect(bucket).toMatchObject({ force_destroy: !kept, lifecycle: { prevent_destroy: kept } });
    }
    expect(stack.one("aws_kms_key")).toMatchObject({ lifecycle: { prevent_destroy: kept } });
  });

  it("stands beside the store of telemetry: names are its own, and only objects of workloads are copied", () => {
    const stack = dataStackOf(dev, ({ stack: scope, setting }) => {
      const environment = { ...dev, s3: replicating("000000000009") };
      new S3ObjectStore(scope, "Store", { environment, setting, buckets: [plain] });
      new S3ObjectStore(scope, "Telemetry", {
        environment,
        setting,
        purpose: "telemetry",
        buckets: [{ ...plain, name: "telemetry-logs" }],
      });
    });
    const named = (type: string, name: string) => stack.all(type).map((each) => each[name]);
    expect(named("aws_kms_alias", "name")).toEqual(["alias/ml-platform-dev-objects", "alias/ml-platform-dev-telemetry"]);
    expect(named("aws_s3_bucket", "bucket")).toEqual([
      "ml-platform-dev-bucket-logs-000000000001",
      "ml-platform-dev-plain-000000000001",
      "ml-platform-dev-telemetry-access-000000000001",
      "ml-platform-dev-telemetry-logs-000000000001",
    ]);
    expect(named("aws_iam_role", "name")).toEqual(["ml-platform-dev-replication"]);
    expect(stack.all("aws_s3_bucket_replication_configuration", "Telemetry")).toEqual([]);
  });

  it("writes ARNs of the region's partition", () => {
    const gov = { ...dev, region: "us-gov-west-1", zones: ["us-gov-west-1a", "us-gov-west-1b"], s3: replicating("000000000009") } as const;
    expect(JSON.stringify(stackOf(gov, plain).all("aws_s3_bucket_replication_configuration"))).toContain("arn:aws-us-gov:s3:::");
    expect(JSON.stringify(stackOf(gov, plain).all("aws_s3_bucket_policy"))).not.toContain("arn:aws:");
  });

  describe("with replication", () => {
    const replicated = (accountId: string) => stackOf({ ...dev, s3: replicating(accountId) }, plain);
    const stack = replicated("000000000009");
    const replica = "arn:aws:s3:::ml-platform-dev-plain-replica-000000000009";
    const source = "arn:aws:s3:::ml-platform-dev-plain-000000000001";

    it("copies every object and every deletion, under the key of the copies, to the account that owns them", () => {
      expect(of(stack, "aws_s3_bucket_replication_configuration")).toMatchObject({
        role: `\${${stack.address("aws_iam_role", "Store_Replication")}.arn}`,
        rule: [
          {
            status: "Enabled",
            filter: { prefix: "" },
            delete_marker_replication: { status: "Enabled" },
            source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
            destination: {
              bucket: replica,
              account: "000000000009",
              access_control_translation: { owner: "Destination" },
              encryption_configuration: { replica_kms_key_id: replicating("000000000009").replication.keyArn },
            },
          },
        ],
        depends_on: [
          stack.address("aws_s3_bucket_versioning", "Store_Bucket-plain"),
          stack.address("aws_iam_role_policy", "Store_Replication"),
        ],
      });
    });

    it("changes no owner within an account, which S3 would refuse", () => {
      const [rule] = of(replicated(dev.accountId), "aws_s3_bucket_replication_configuration").rule as readonly { destination: object }[];
      expect(Object.keys(rule?.destination ?? {}).sort()).toEqual(["bucket", "encryption_configuration"]);
    });

    it("reads the buckets and writes the copies by a role of S3, and can do nothing else", () => {
      const { policy } = stack.one("aws_iam_role_policy", "Store_Replication");
      expect(statementsOf(policy).map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
        ["List", [source]],
        ["Read", [`${source}/*`]],
        ["Copy", [`${replica}/*`]],
        ["Decrypt", [key]],
        ["Encrypt", [replicating("000000000009").replication.keyArn]],
      ]);
      expect(statement(policy, "Decrypt").Condition).toEqual(through("eu-central-1", source));
      expect(statement(policy, "Encrypt").Condition).toEqual(through("eu-west-1", replica));
      const trust = stack.one("aws_iam_role", "Store_Replication").assume_role_policy;
      expect(statement(trust, "Trust")).toMatchObject({ Principal: { Service: "s3.amazonaws.com" }, Action: ["sts:AssumeRole"] });
    });

    it("copies buckets that are made later, too", () => {
      const later = dataStackOf(dev, (parts) => {
        const store = make(parts, "Store", [plain], { ...dev, s3: replicating("000000000009") });
        store.createBucket(parts.stack, "Later", { name: "later", keepVersionsDays: 1 });
      });
      expect(later.all("aws_s3_bucket_replication_configuration")).toHaveLength(2);
      expect(statement(later.one("aws_iam_role_policy", "Store_Replication").policy, "List").Resource).toEqual([
        source,
        "arn:aws:s3:::ml-platform-dev-later-000000000001",
      ]);
    });
  });

  it("fails when the stack has no provider for AWS", () => {
    expect(() => dataStackOf(local, (parts) => make(parts, "Store", [plain]))).toThrow(/aws/);
  });

  function objects(stack: SynthesizedStack): string {
    return stack.address("aws_s3_bucket", "Store_Bucket-");
  }

  /** The resource of a type that belongs to the bucket of objects. */
  function of(stack: SynthesizedStack, type: string) {
    return only(
      stack.all(type).filter(({ bucket }) => bucket === `\${${objects(stack)}.id}`),
      type,
    );
  }
});

function replicating(accountId: string) {
  const region = "eu-west-1" as const;
  const keyArn = `arn:aws:kms:${region}:${accountId}:key/00000000-0000-0000-0000-000000000009`;
  return { accessLogRetentionDays: 30, replication: { region, accountId, keyArn } };
}

function through(region: string, bucket: string) {
  return {
    StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
  };
}
