import { S3StateStore } from "../../../constructs/state/s3-state-store";
import { environments } from "../../../environments/index";
import { itHonoursStateStore } from "../../contracts/state-store";
import { statement, statementsOf, synthesizedStack } from "../../synthesized";

const { dev, local, prod } = environments;

itHonoursStateStore("S3StateStore", dev, (scope, id) => new S3StateStore(scope, id, dev));

describe("S3StateStore", () => {
  const stack = synthesizedStack(dev, "state", (scope) => new S3StateStore(scope, "StateStore", dev));
  const states = bucketAddress("ml-platform-dev-state-000000000001");
  const logs = bucketAddress("ml-platform-dev-state-logs-000000000001");
  const key = `\${${stack.address("aws_kms_key")}.arn}`;

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_kms_alias", // the form in which backends name the key
      "aws_kms_key",
      "aws_s3_bucket", // states
      "aws_s3_bucket", // access logs
      "aws_s3_bucket_lifecycle_configuration", // states: replaced versions
      "aws_s3_bucket_lifecycle_configuration", // access logs: everything
      "aws_s3_bucket_logging", // states
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
    ]);
  });

  it.each([
    ["states", () => states],
    ["access logs", () => logs],
  ])("closes the bucket of %s to the public, to object ACLs and to plain transport", (_, bucket) => {
    expect(of("aws_s3_bucket_public_access_block", bucket())).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(of("aws_s3_bucket_ownership_controls", bucket())).toMatchObject({ rule: { object_ownership: "BucketOwnerEnforced" } });
    expect(of("aws_s3_bucket_versioning", bucket())).toMatchObject({ versioning_configuration: { status: "Enabled" } });

    const { policy } = of("aws_s3_bucket_policy", bucket());
    const everything = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`\${${bucket()}.arn}`, `\${${bucket()}.arn}/*`],
    };
    expect(statement(policy, "DenyPlainHttp")).toMatchObject({ ...everything, Condition: { Bool: { "aws:SecureTransport": "false" } } });
    expect(statement(policy, "DenyOldTls")).toMatchObject({ ...everything, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } });
  });

  it("encrypts states under its own key, which is rotated, with a bucket key", () => {
    expect(of("aws_s3_bucket_server_side_encryption_configuration", states)).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: key }, bucket_key_enabled: true }],
    });
    expect(stack.one("aws_kms_key")).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
  });

  it("takes states under the key's ARN, its alias' ARN and its alias, and under no other key", () => {
    const { policy } = of("aws_s3_bucket_policy", states);
    const header = "s3:x-amz-server-side-encryption-aws-kms-key-id";
    const alias = "alias/ml-platform-dev-state";

    expect(statement(policy, "DenyOtherKeys")).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `\${${states}.arn}/*`,
      Condition: {
        Null: { [header]: "false" }, // a put that names no key gets the bucket's default
        StringNotEquals: { [header]: [key, `arn:aws:kms:eu-central-1:000000000001:${alias}`, alias] },
      },
    });
    expect(statement(policy, "DenyOtherEncryption")).toMatchObject({
      Effect: "Deny",
      Action: "s3:PutObject",
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
    });
    expect(stack.one("aws_kms_alias")).toMatchObject({ name: alias });
    expect(stack.backend.kms_key_id).toBe(alias);
  });

  it("writes ARNs of the region's partition", () => {
    const gov = { ...dev, region: "us-gov-west-1", zones: ["us-gov-west-1a", "us-gov-west-1b"] } as const;
    const inGov = synthesizedStack(gov, "state", (scope) => new S3StateStore(scope, "StateStore", gov));
    expect(JSON.stringify(inGov.json)).not.toContain("arn:aws:");
    expect(JSON.stringify(inGov.json)).toContain("arn:aws-us-gov:kms:us-gov-west-1:000000000001:alias/ml-platform-dev-state");
  });

  it("keeps replaced states for 90 days and drops unfinished uploads", () => {
    expect(of("aws_s3_bucket_lifecycle_configuration", states)).toMatchObject({
      rule: [
        {
          status: "Enabled",
          noncurrent_version_expiration: [{ noncurrent_days: 90 }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
    });
    expect(JSON.stringify(of("aws_s3_bucket_lifecycle_configuration", states))).not.toContain('"expiration"');
  });

  it("logs every request to a bucket that only S3, for buckets of this environment and account, writes to", () => {
    expect(of("aws_s3_bucket_logging", states)).toMatchObject({
      target_bucket: `\${${logs}.id}`,
      depends_on: [stack.address("aws_s3_bucket_policy", "StateStore_AccessLogs_Policy")], // S3 wants to see the permission first
    });
    expect(of("aws_s3_bucket_lifecycle_configuration", logs)).toMatchObject({
      rule: [{ expiration: [{ days: dev.s3.accessLogRetentionDays }] }],
    });
    const allowed = statementsOf(of("aws_s3_bucket_policy", logs).policy).filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toEqual([
      {
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `\${${logs}.arn}/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::ml-platform-dev-*" },
          StringEquals: { "aws:SourceAccount": "000000000001" },
        },
      },
    ]);
  });

  it.each([
    ["a disposable environment", dev, false],
    ["an environment that keeps its data", prod, true],
  ])("protects states and their key in %s", (_, environment, logsProtected) => {
    const protectedStack = synthesizedStack(environment, "state", (scope) => new S3StateStore(scope, "StateStore", environment));
    expect(protectedStack.one("aws_kms_key")).toMatchObject({ lifecycle: { prevent_destroy: true } });
    const buckets = protectedStack.all("aws_s3_bucket");
    expect(buckets).toContainEqual({
      bucket: `ml-platform-${environment.name}-state-${environment.accountId}`,
      lifecycle: { prevent_destroy: true },
    });
    expect(buckets).toContainEqual({
      bucket: `ml-platform-${environment.name}-state-logs-${environment.accountId}`,
      force_destroy: !logsProtected,
      lifecycle: { prevent_destroy: logsProtected },
    });
  });

  it("refuses to delete the bucket or a version of a state, whoever asks", () => {
    expect(statement(of("aws_s3_bucket_policy", states).policy, "DenyLoss")).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
      Resource: [`\${${states}.arn}`, `\${${states}.arn}/*`],
    });
  });

  it("fails when the stack has no provider for AWS", () => {
    expect(() => synthesizedStack(local, "state", (scope) => new S3StateStore(scope, "StateStore", dev))).toThrow(/aws/);
  });

  function bucketAddress(name: string): string {
    const found = stack.resources.find(({ type, values }) => type === "aws_s3_bucket" && values.bucket === name);
    return `aws_s3_bucket.${found?.name}`;
  }

  /** The resource of a type that belongs to a bucket. */
  function of(type: string, bucket: string) {
    const found = stack.all(type).filter((values) => values.bucket === `\${${bucket}.id}`);
    expect(found).toHaveLength(1);
    return found[0] ?? {};
  }
});
