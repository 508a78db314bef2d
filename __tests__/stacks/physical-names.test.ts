import { dataNames, awsNames, localNames, nameLimitBroken, type ComposedName } from "../../constructs/shared/naming";
import { environments } from "../../environments/index";
import { ownBuckets } from "../../environments/rules/bucket-name-rules";
import { synthesizedEnvironments } from "./synthesized-environments";

const { stacks } = synthesizedEnvironments();

/** Resources of a type in every stack. */
const all = (type: string) => Object.values(stacks).flatMap((stack) => stack.all(type));

/** Where names stand that services limit. */
const named: readonly (readonly [type: string, field: string, service: ComposedName["service"]])[] = [
  ["aws_db_instance", "identifier", "RDS instance"],
  ["aws_db_parameter_group", "name", "RDS parameter group"],
  ["aws_db_subnet_group", "name", "RDS subnet group"],
  ["aws_db_proxy", "name", "RDS proxy"],
  ["aws_backup_vault", "name", "backup vault"],
  ["aws_elasticache_replication_group", "replication_group_id", "ElastiCache replication group"],
  ["aws_elasticache_user", "user_id", "ElastiCache user"],
  ["aws_elasticache_user_group", "user_group_id", "ElastiCache user"],
  ["aws_s3_bucket", "bucket", "S3 bucket"],
  ["aws_kms_alias", "name", "KMS alias"],
  ["aws_secretsmanager_secret", "name", "Secrets Manager secret"],
  ["aws_cloudwatch_metric_alarm", "alarm_name", "CloudWatch alarm"],
  ["aws_sns_topic", "name", "SNS topic"],
];

it.each(named)("%s has a %s that its service takes", (type, field, service) => {
  const names = all(type).map((resource) => String(resource[field]));
  expect(names.length).toBeGreaterThan(0);
  expect(names.flatMap((name) => nameLimitBroken({ service, name }) ?? [])).toEqual([]);
});

it("calls database and cache as the rules for names expect", () => {
  for (const name of ["dev", "staging", "prod"] as const) {
    const names = awsNames(environments[name]);
    const data = stacks[`${name}-data`];
    expect(data?.all("aws_db_instance").map(({ identifier }) => identifier)).toContain(names.database(dataNames.database));
    expect(data?.all("aws_elasticache_replication_group").map((group) => group.replication_group_id)).toEqual([
      names.cache(dataNames.cache),
    ]);
  }
});

it("keeps for itself what the platform's own buckets are called, and no bucket less", () => {
  for (const name of ["dev", "staging", "prod"] as const) {
    const { bucket } = awsNames(environments[name]);
    const chosen = environments[name].objectStore.buckets.map((each) => bucket(each.name));
    const made = Object.entries(stacks)
      .filter(([stack]) => stack.startsWith(`${name}-`))
      .flatMap(([, stack]) => stack.all("aws_s3_bucket").map((each) => String(each.bucket)));
    expect(made.filter((each) => !chosen.includes(each)).sort()).toEqual(
      ownBuckets
        .filter((own) => own !== "database-backups" && (own !== "telemetry-profiles" || environments[name].observability.profiles))
        .map(bucket)
        .sort(), // RDS keeps backups itself
    );
  }
  const { bucket } = localNames(environments.local);
  const local = Object.entries(stacks).filter(([stack]) => stack.startsWith("local-"));
  for (const own of ["state", "database-backups", "telemetry-logs", "telemetry-traces"])
    expect(JSON.stringify(local.map(([, { json }]) => json))).toContain(`"${bucket(own)}"`);
});

it("lets keys be had back for 7 to 30 days, and changes them every 90 to 2560", () => {
  const keys = all("aws_kms_key");
  expect(keys.length).toBeGreaterThan(10);
  for (const { deletion_window_in_days: deletion, enable_key_rotation: rotated, rotation_period_in_days: rotation = 365 } of keys) {
    expect(rotated).toBe(true);
    expect(Number(deletion)).toBeGreaterThanOrEqual(7);
    expect(Number(deletion)).toBeLessThanOrEqual(30);
    expect(Number(rotation)).toBeGreaterThanOrEqual(90);
    expect(Number(rotation)).toBeLessThanOrEqual(2560);
  }
});

it("signs nobody in to MinIO by the names that everybody knows", () => {
  for (const { json } of Object.values(stacks)) expect(JSON.stringify(json)).not.toMatch(/minioadmin/i);
  const users = all("kubernetes_secret_v1").flatMap(({ data }) => Object.entries((data ?? {}) as Record<string, string>));
  const roots = users.filter(([key]) => key === "rootUser").map(([, user]) => user);
  expect(roots.length).toBeGreaterThan(0);
  for (const user of roots) expect(user).toMatch(/^[\w-]{3,}$/); // MinIO takes no shorter ones
  for (const { length } of all("random_password")) expect(Number(length)).toBeGreaterThanOrEqual(32);
});
