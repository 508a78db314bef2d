import { TerraformOutput } from "cdktf";
import { mostConnections, rdsClassOfSize, rdsInstanceClasses } from "../../../constructs/database/rds-instance-classes";
import { keptByAws } from "../../../constructs/secrets/kept-by-aws";
import { environments } from "../../../environments/index";
import { statement, statementsOf, type SynthesizedStack } from "../../synthesized";
import { rdsStackOf } from "./rds-stack";

const { dev, prod } = environments;
const inProd = rdsStackOf(prod);

describe("RdsInstanceClasses", () => {
  it("has a class for every size, each with more memory", () => {
    const memory = Object.values(rdsClassOfSize).map((name) => rdsInstanceClasses[name]?.memoryGib);
    expect(memory).toEqual([2, 8, 32]);
  });

  it.each([
    ["db.t4g.micro", 1, true, 112],
    ["db.t3.2xlarge", 32, true, 3604],
    ["db.m7g.large", 8, false, 901],
    ["db.m8g.12xlarge", 192, false, 5000],
    ["db.r6i.16xlarge", 512, false, 5000],
  ])("knows that %s has %d GiB", (name, memoryGib, burstable, connections) => {
    const found = rdsInstanceClasses[name];
    expect(found).toEqual({ name, memoryGib, burstable });
    expect(found && mostConnections(found)).toBe(connections);
  });

  it.each(["db.m7g.small", "db.m7g.medium", "db.m4.large", "cache.m7g.large", "db.t4g.4xlarge", "toString"])("does not have %s", (name) => {
    expect(Object.keys(rdsInstanceClasses)).not.toContain(name);
  });
});

describe("RdsProxy", () => {
  it("asks for TLS and the application's password, of everybody else for a token", () => {
    expect(inProd.one("aws_db_proxy")).toMatchObject({
      engine_family: "POSTGRESQL",
      require_tls: true,
      debug_logging: false,
      default_auth_scheme: "IAM_AUTH",
      auth: [
        {
          auth_scheme: "SECRETS",
          iam_auth: "DISABLED",
          client_password_auth_type: "POSTGRES_SCRAM_SHA_256",
          secret_arn: `\${${inProd.address("aws_secretsmanager_secret", "Database_Application")}.arn}`,
        },
      ],
    });
    expect(JSON.stringify(inProd.all("aws_secretsmanager_secret_version"))).toContain('\\"username\\":\\"app\\"');
  });

  it("takes the application's share of the server's connections", () => {
    expect(inProd.one("aws_db_proxy_default_target_group").connection_pool_config).toEqual({
      max_connections_percent: 93, // 300 of 320
      max_idle_connections_percent: 50,
      connection_borrow_timeout: 120,
    });
    const few = rdsStackOf({ ...prod, database: { ...prod.database, connections: 1 } });
    expect(few.one("aws_db_proxy_default_target_group").connection_pool_config).toMatchObject({
      max_connections_percent: 4,
      max_idle_connections_percent: 4,
    });
  });

  it("stands between the cluster and the server", () => {
    const proxy = inProd.address("aws_security_group", "Database_Proxy");
    const server = inProd.address("aws_security_group", "Database_SecurityGroup");
    const admitted = inProd
      .all("aws_vpc_security_group_ingress_rule")
      .map((rule) => [rule.security_group_id, rule.referenced_security_group_id, rule.from_port, rule.to_port]);
    expect(admitted).toHaveLength(3);
    expect(admitted).toEqual(
      expect.arrayContaining([
        [`\${${server}.id}`, "sg-0123456789abcdef0", 5432, 5432], // jobs
        [`\${${server}.id}`, `\${${proxy}.id}`, 5432, 5432],
        [`\${${proxy}.id}`, "sg-0123456789abcdef0", 5432, 5432],
      ]),
    );
    expect(inProd.one("aws_vpc_security_group_egress_rule")).toMatchObject({
      security_group_id: `\${${proxy}.id}`,
      referenced_security_group_id: `\${${server}.id}`,
      from_port: 5432,
      to_port: 5432,
    });
  });

  it("may read one secret, and sign in as one user", () => {
    const { policy } = inProd.one("aws_iam_role_policy", "Database_Proxy");
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual(["Secret", "Decrypt", "SignIn"]);
    expect(statement(policy, "Secret").Resource).toEqual([
      `\${${inProd.address("aws_secretsmanager_secret", "Database_Application")}.arn}`,
    ]);
    expect(statement(policy, "Decrypt").Condition).toEqual({
      StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" },
    });
    const server = `\${${inProd.address("aws_db_instance", "Database_Primary")}.resource_id}`;
    expect(statement(policy, "SignIn").Resource).toEqual([`arn:aws:rds-db:eu-central-1:000000000003:dbuser:${server}/app_iam`]);
  });

  it("is where clients connect", () => {
    const [own, shared] = [dev, prod].map((environment) =>
      rdsStackOf(environment, ({ host }, { stack }) => new TerraformOutput(stack, "Host", { value: host })),
    );
    expect(own?.json.output?.Host?.value).toBe(`\${${own?.address("aws_db_instance")}.address}`);
    expect(shared?.json.output?.Host?.value).toBe(`\${${shared?.address("aws_db_proxy")}.endpoint}`);
  });

  it("fails when the application's password is not kept by AWS", () => {
    const secret = { key: "database-app", property: "password", fingerprint: "", installed: [] };
    expect(() => keptByAws(secret, "dev-data/Database")).toThrow(
      'dev-data/Database: secretStore is "database-app", must be a store in AWS Secrets Manager; take it from the same catalog',
    );
  });
});

describe("RdsArchive", () => {
  it("keeps a monthly backup in a vault under the database's key", () => {
    const key = `\${${inProd.address("aws_kms_key", "Database_Key")}.arn}`;
    expect(inProd.one("aws_backup_vault")).toMatchObject({
      name: "ml-platform-prod-database",
      kms_key_arn: key,
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(ruleOf(inProd).lifecycle).toEqual({ delete_after: 365 });
    expect(inProd.one("aws_backup_selection")).toMatchObject({
      resources: [`\${${inProd.address("aws_db_instance", "Database_Primary")}.arn}`],
      depends_on: [inProd.address("aws_iam_role_policy_attachment", "Database_Archive")],
    });
  });

  it.each([
    ["01:00", "12:00", "cron(0 3 1 * ? *)"],
    ["01:00", "03:00", "cron(0 7 1 * ? *)"], // two hours later would be the hour of maintenance,
    ["01:00", "04:30", "cron(0 7 1 * ? *)"], // or less than two hours before it,
    ["01:00", "01:30", "cron(0 7 1 * ? *)"], // or right after
    ["22:30", "01:00", "cron(30 4 1 * ? *)"],
  ])("with RDS' own backup at %s and maintenance at %s is made out of their way", (backupAt, start, schedule) => {
    const database = { ...prod.database, backupAt, maintenance: { day: "sun", start } } as const;
    expect(ruleOf(rdsStackOf({ ...prod, database })).schedule).toBe(schedule);
  });

  it("is there where the environment asks for it, and moves to cold storage what is asked to", () => {
    expect(rdsStackOf(dev).all("aws_backup_plan")).toEqual([]);
    const archived = rdsStackOf({ ...dev, rds: { ...dev.rds, archive: { keepDays: 120, coldAfterDays: 30 } } });
    expect(ruleOf(archived).lifecycle).toEqual({ delete_after: 120, cold_storage_after: 30 });
    expect(archived.one("aws_backup_vault")).toMatchObject({ force_destroy: true });
  });
});

describe("alarms of RDS", () => {
  const alarm = (stack: SynthesizedStack, watch: string) => stack.one("aws_cloudwatch_metric_alarm", `Database_Alarms_Alarm-${watch}`);
  const expressionOf = (watch: string) => (alarm(inProd, watch).metric_query as readonly { readonly expression?: string }[])[0]?.expression;

  it("measure memory by the class, the volume as it was made, and connections by what the server takes, in percent", () => {
    expect(expressionOf("memory")).toBe(`100 - 100 * free / ${32 * 1024 ** 3}`);
    expect(expressionOf("storage")).toBe(`100 - 100 * free / ${200 * 1024 ** 3}`);
    expect(expressionOf("connections")).toBe("100 * used / 320");
  });

  it("look at the replica that is farthest behind", () => {
    const replicated = (readReplicas: number) => rdsStackOf({ ...prod, database: { ...prod.database, readReplicas } });
    expect(alarm(replicated(1), "replicationLag")).toMatchObject({
      metric_name: "ReplicaLag",
      dimensions: { DBInstanceIdentifier: "ml-platform-prod-database-replica-1" },
    });
    expect(JSON.stringify(alarm(replicated(2), "replicationLag").metric_query)).toContain("MAX([lag1, lag2])");
  });

  it("count finished backups: not one in 27 hours is out of hand, and so is silence", () => {
    expect(alarm(inProd, "backupAge")).toMatchObject({
      namespace: "AWS/Events",
      metric_name: "Invocations",
      dimensions: { RuleName: "ml-platform-prod-database-backups" },
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: 3600,
      evaluation_periods: 27, // 26 hours, and the hour that it has to last
      treat_missing_data: "breaching",
    });
    expect(JSON.parse(String(inProd.one("aws_cloudwatch_event_rule").event_pattern))).toEqual({
      source: ["aws.rds"],
      "detail-type": ["RDS DB Instance Event"],
      detail: {
        EventID: ["RDS-EVENT-0002"],
        SourceArn: ["arn:aws:rds:eu-central-1:000000000003:db:ml-platform-prod-database"],
      },
    });
    const { policy_document: writers } = inProd.one("aws_cloudwatch_log_resource_policy");
    expect(statement(writers, "WriteEvents").Principal).toEqual({ Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] });
    const counted = inProd.address("aws_cloudwatch_event_target");
    expect(inProd.one("aws_db_instance", "Database_Primary").depends_on).toContain(counted); // the first backup comes with the server
  });
});

function ruleOf(stack: SynthesizedStack): Record<string, unknown> {
  const [rule] = stack.one("aws_backup_plan").rule as readonly Record<string, unknown>[];
  return rule ?? {};
}
