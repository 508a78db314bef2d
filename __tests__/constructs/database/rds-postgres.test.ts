import { awsWorkloadIdentity } from "../../../constructs/identity/aws-workload-identity";
import { onEks } from "../../../constructs/cluster/aws-cluster";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { liftedProtection } from "../../../operations/lifted-protection";
import type { Arguments } from "../../../operations/terraform-json";
import { itHonoursDatabase } from "../../contracts/database";
import { dataStackOf } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { manifestsOf, release } from "../../released";
import { statement, type SynthesizedStack } from "../../synthesized";
import { makeRds, rdsStackOf } from "./rds-stack";

const { dev, staging, prod } = environments;

itHonoursDatabase("RdsPostgres", dev, makeRds);
itHonoursDatabase("RdsPostgres", prod, makeRds);

describe("RdsPostgres", () => {
  const inDev = rdsStackOf(dev);
  const inProd = rdsStackOf(prod);

  it("consists of", () => {
    expect(inDev.inventory.filter((type) => /^(aws|random)_/.test(type))).toEqual([
      "aws_cloudwatch_event_rule", // finished backups
      "aws_cloudwatch_event_target",
      "aws_cloudwatch_log_group", // of backups, of the server, of its upgrades
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_resource_policy",
      "aws_cloudwatch_metric_alarm", // for each watch but that of replicas
      "aws_cloudwatch_metric_alarm",
      "aws_cloudwatch_metric_alarm",
      "aws_cloudwatch_metric_alarm",
      "aws_cloudwatch_metric_alarm",
      "aws_db_instance",
      "aws_db_parameter_group",
      "aws_db_subnet_group",
      "aws_iam_role", // that measures the operating system
      "aws_iam_role_policy_attachment",
      "aws_kms_alias", // of the database and of the alarms
      "aws_kms_alias",
      "aws_kms_key",
      "aws_kms_key",
      "aws_secretsmanager_secret", // of the application
      "aws_secretsmanager_secret", // of who reads statistics
      "aws_secretsmanager_secret_rotation", // of the administrator
      "aws_secretsmanager_secret_version",
      "aws_secretsmanager_secret_version",
      "aws_security_group",
      "aws_sns_topic",
      "aws_sns_topic_policy",
      "aws_vpc_security_group_ingress_rule",
      "random_password",
      "random_password",
    ]);
  });

  it("is encrypted with a key of its own: volume, logs, and what is measured", () => {
    const key = `\${${keyOf(inDev)}.arn}`;
    expect(primary(inDev)).toMatchObject({
      storage_encrypted: true,
      kms_key_id: key,
      performance_insights_kms_key_id: key,
    });
    for (const group of inProd.all("aws_cloudwatch_log_group")) {
      expect(group).toMatchObject({ kms_key_id: `\${${keyOf(inProd)}.arn}`, retention_in_days: 365 });
    }
    const { policy } = inDev.one("aws_kms_key", "Database_Key");
    expect(statement(policy, "CloudWatchLogs").Condition).toEqual({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:000000000001:log-group:/aws/*/ml-platform-dev-database*",
      },
    });
  });

  it("has logs where RDS writes them, made before the server is", () => {
    const names = inDev.all("aws_cloudwatch_log_group", "Database_Primary").map(({ name }) => name);
    expect(names).toEqual(["/aws/rds/instance/ml-platform-dev-database/postgresql", "/aws/rds/instance/ml-platform-dev-database/upgrade"]);
    expect(primary(inDev).enabled_cloudwatch_logs_exports).toEqual(["postgresql", "upgrade"]);
    const made = addresses(inDev, "aws_cloudwatch_log_group", "Database_Primary");
    expect(primary(inDev).depends_on).toEqual(expect.arrayContaining([...made]));
  });

  it("is in the data subnets, and admits pods of the cluster at one port", () => {
    expect(inDev.one("aws_db_subnet_group").subnet_ids).toEqual(["a", "b", "c"].map((zone) => `subnet-0123456789abcde3${zone}`));
    expect(primary(inDev)).toMatchObject({
      publicly_accessible: false,
      vpc_security_group_ids: [`\${${inDev.address("aws_security_group")}.id}`],
    });
    expect(inDev.all("aws_vpc_security_group_ingress_rule")).toMatchObject([
      { referenced_security_group_id: "sg-0123456789abcdef0", ip_protocol: "tcp", from_port: 5432, to_port: 5432 },
    ]);
    expect(inDev.one("aws_security_group")).not.toHaveProperty("egress");
  });

  it("asks for TLS, logs what changes or is slow, and takes as many connections as it says", () => {
    const group = inDev.one("aws_db_parameter_group");
    expect(group).toMatchObject({ name: "ml-platform-dev-database-postgres17", family: "postgres17" });
    expect(group.lifecycle).toEqual({ create_before_destroy: true });
    expect(group.parameter).toEqual(
      expect.arrayContaining([
        { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" }, // RDS lists it so, as it is by default
        { name: "password_encryption", value: "scram-sha-256", apply_method: "pending-reboot" },
        { name: "track_io_timing", value: "1", apply_method: "pending-reboot" },
        { name: "log_statement", value: "ddl", apply_method: "immediate" },
        { name: "log_min_duration_statement", value: "1000", apply_method: "immediate" },
        { name: "max_connections", value: "70", apply_method: "pending-reboot" },
        { name: "shared_preload_libraries", value: "pg_stat_statements", apply_method: "pending-reboot" },
      ]),
    );
  });

  it.each(["17", "18"] as const)(
    "takes a parameter group of major version %s for a server of it, and leaves the minor one to RDS",
    (version) => {
      const stack = rdsStackOf({ ...dev, database: { ...dev.database, version } });
      expect(stack.one("aws_db_parameter_group").family).toBe(`postgres${version}`);
      expect(primary(stack)).toMatchObject({
        engine: "postgres",
        engine_version: version,
        auto_minor_version_upgrade: true,
        allow_major_version_upgrade: false,
        apply_immediately: false,
      });
    },
  );

  it("leaves the administrator's password to RDS, which changes it as often as the environment says", () => {
    const instance = inDev.address("aws_db_instance");
    expect(primary(inDev)).toMatchObject({
      username: "administrator",
      manage_master_user_password: true,
      master_user_secret_kms_key_id: expect.stringMatching(/^arn:aws:kms:/) as string,
    });
    expect(primary(inDev)).not.toHaveProperty("password");
    expect(inDev.one("aws_secretsmanager_secret_rotation")).toMatchObject({
      secret_id: `\${${instance}.master_user_secret[0].secret_arn}`,
      rotation_rules: { automatically_after_days: 30 },
    });
  });

  it("makes up the administrator's password where there are replicas: RDS makes none of a server whose password it manages", () => {
    const stack = rdsStackOf({ ...prod, database: { ...prod.database, readReplicas: 1 } });
    const kept = stack.one("aws_secretsmanager_secret", "Database_Primary");
    expect(kept).toMatchObject({ name: "ml-platform-prod/database-administrator", recovery_window_in_days: 30 });
    const password = `\${${stack.address("random_password", "Database_Primary")}.result}`;
    expect(primary(stack)).toMatchObject({ username: "administrator", password });
    for (const argument of ["manage_master_user_password", "master_user_secret_kms_key_id"]) {
      expect(primary(stack)).not.toHaveProperty(argument);
    }
    expect(stack.all("aws_secretsmanager_secret_rotation")).toEqual([]);
    const copy = JSON.stringify(stack.all("helm_release"));
    expect(copy).toContain("ml-platform-prod/database-administrator");
    expect(copy).not.toContain(password);
  });

  it.each([
    [
      dev,
      {
        class: "db.t4g.small",
        gib: 20,
        most: 100,
        zones: false,
        days: 1,
        insights: "standard",
        kept: 7,
        seconds: 60,
        window: "wed:12:00-wed:13:00",
      },
    ],
    [
      staging,
      {
        class: "db.m7g.large",
        gib: 50,
        most: 200,
        zones: false,
        days: 7,
        insights: "standard",
        kept: 7,
        seconds: 60,
        window: "sun:03:00-sun:04:00",
      },
    ],
    [
      prod,
      {
        class: "db.r7g.xlarge",
        gib: 200,
        most: 1000,
        zones: true,
        days: 30,
        insights: "advanced",
        kept: 465,
        seconds: 30,
        window: "sun:03:00-sun:04:00",
      },
    ],
  ])("is as large, as available and as well watched as $name asks", (environment, asked) => {
    expect(primary(rdsStackOf(environment))).toMatchObject({
      instance_class: asked.class,
      storage_type: "gp3",
      allocated_storage: asked.gib,
      max_allocated_storage: asked.most,
      multi_az: asked.zones,
      backup_retention_period: asked.days,
      backup_window: "01:00-02:00",
      maintenance_window: asked.window,
      copy_tags_to_snapshot: true,
      database_insights_mode: asked.insights,
      performance_insights_retention_period: asked.kept,
      monitoring_interval: asked.seconds,
      ca_cert_identifier: "rds-ca-rsa2048-g1",
      iam_database_authentication_enabled: true,
    });
  });

  it("takes another class, faster storage, and no measuring of the operating system where the environment says so", () => {
    const rds = {
      ...dev.rds,
      instanceClass: "db.r8g.large",
      storage: { type: "io2", maxGib: 20, iops: 2000 },
      monitoringSeconds: 0,
    } as const;
    const stack = rdsStackOf({ ...dev, rds });
    expect(primary(stack)).toMatchObject({ instance_class: "db.r8g.large", storage_type: "io2", iops: 2000, monitoring_interval: 0 });
    expect(primary(stack)).not.toHaveProperty("max_allocated_storage"); // nothing to grow into
    expect(stack.all("aws_iam_role")).toEqual([]);
  });

  it("fails when the class is none of RDS", () => {
    const rds = { ...dev.rds, instanceClass: "db.m7g.small" };
    expect(() => rdsStackOf({ ...dev, rds })).toThrow(
      /dev\.rds: instanceClass is "db\.m7g\.small", must be a class that RDS has for PostgreSQL/,
    );
  });

  describe("protection", () => {
    it("keeps the server and its key, and leaves a snapshot behind whose name stays the same", () => {
      const suffix = inProd.address("random_id");
      expect(primary(inProd)).toMatchObject({
        deletion_protection: true,
        skip_final_snapshot: false,
        final_snapshot_identifier: `ml-platform-prod-database-final-\${${suffix}.hex}`,
        delete_automated_backups: false,
      });
      const { prevented, refused } = liftedProtection(inProd.json);
      expect(prevented).toEqual(
        expect.arrayContaining([keyOf(inProd), inProd.address("aws_db_instance", "Database_Primary"), inProd.address("aws_backup_vault")]),
      );
      expect(refused).toEqual(expect.arrayContaining([...addresses(inProd, "aws_db_instance")]));
    });

    it("gives everything up when the environment is disposable", () => {
      expect(primary(inDev)).toMatchObject({ deletion_protection: false, skip_final_snapshot: true, delete_automated_backups: true });
      expect(primary(inDev)).not.toHaveProperty("final_snapshot_identifier");
      expect(liftedProtection(inDev.json)).toMatchObject({ prevented: [], refused: [] });
    });
  });

  it("has replicas that are like the primary, with logs of their own", () => {
    const stack = rdsStackOf({ ...prod, database: { ...prod.database, readReplicas: 2 } });
    const replicas = stack.all("aws_db_instance", "Database_Replica");
    expect(replicas.map(({ identifier }) => identifier)).toEqual([
      "ml-platform-prod-database-replica-1",
      "ml-platform-prod-database-replica-2",
    ]);
    const source = `\${${stack.address("aws_db_instance", "Database_Primary")}.identifier}`;
    for (const replica of replicas) {
      expect(replica).toMatchObject({
        replicate_source_db: source,
        storage_encrypted: true,
        deletion_protection: true,
        lifecycle: { prevent_destroy: true },
      });
      for (const argument of ["kms_key_id", "username", "manage_master_user_password", "db_subnet_group_name", "engine_version"]) {
        expect(replica).not.toHaveProperty(argument);
      }
    }
    expect(stack.all("aws_cloudwatch_log_group", "Database_Replica2").map(({ name }) => name)).toEqual([
      "/aws/rds/instance/ml-platform-prod-database-replica-2/postgresql",
      "/aws/rds/instance/ml-platform-prod-database-replica-2/upgrade",
    ]);
  });

  describe("sign-in without a password", () => {
    it("is granted for one user of the server", () => {
      const { policy } = grantedStack(dev).one("aws_iam_role_policy", "Identity_Connect");
      const server = `\${${inDev.address("aws_db_instance")}.resource_id}`;
      expect(statement(policy, "SignIn")).toMatchObject({
        Effect: "Allow",
        Action: ["rds-db:connect"],
        Resource: [`arn:aws:rds-db:eu-central-1:000000000001:dbuser:${server}/app_iam`],
      });
    });

    it("is granted for one user of the proxy where clients share connections", () => {
      const stack = grantedStack(prod);
      const { policy } = stack.one("aws_iam_role_policy", "Identity_Connect");
      const [[local = "", expression] = []] = Object.entries(stack.json.locals ?? {});
      expect(expression).toBe(`\${element(split(":", ${stack.address("aws_db_proxy")}.arn), 6)}`);
      expect(statement(policy, "SignIn").Resource).toEqual([`arn:aws:rds-db:eu-central-1:000000000003:dbuser:\${local.${local}}/app_iam`]);
    });

    it("is a user's of its own, which RDS asks for tokens, and whose sessions are the application's", () => {
      const sql = JSON.stringify(inDev.all("kubernetes_config_map_v1"));
      expect(sql).toContain("GRANT rds_iam TO app_iam;");
      expect(sql).toContain("ALTER ROLE app_iam SET role = 'app';");
      expect(sql).not.toMatch(/GRANT rds_iam TO app;/);
    });
  });

  it("has its first jobs sign in at the server itself, when it can be reached, and again when it is another one", () => {
    const instance = inProd.address("aws_db_instance", "Database_Primary");
    const job = inProd.one("kubernetes_job_v1");
    expect(JSON.stringify(job)).toContain(`"value":"\${${instance}.address}"`);
    expect(JSON.stringify(job)).toContain(`"value":"\${${instance}.resource_id}"`);
    expect(job.depends_on).toEqual(
      expect.arrayContaining([instance, inProd.address("aws_vpc_security_group_ingress_rule", "Database_SecurityGroup_FromCluster")]),
    );
  });

  describe("its exporter", () => {
    it("asks the server itself over TLS, as a user that may read statistics", () => {
      const host = `\${${inProd.address("aws_db_instance", "Database_Primary")}.address}`;
      expect(inProd.one("kubernetes_deployment_v1").spec).toMatchObject({
        template: {
          spec: {
            container: [
              {
                env: [
                  { name: "DATA_SOURCE_URI", value: `${host}:5432/app?sslmode=require` },
                  { name: "DATA_SOURCE_USER", value: "metrics" },
                  { name: "DATA_SOURCE_PASS", value_from: { secret_key_ref: { name: "database-exporter", key: "password" } } },
                ],
              },
            ],
          },
        },
      });
      const [sql] = inProd
        .all("kubernetes_config_map_v1")
        .flatMap(({ data }) => (data as Readonly<Record<string, string>>)["user.sql"] ?? []);
      expect(sql).toContain("GRANT pg_monitor TO metrics;\nALTER ROLE metrics LOGIN CONNECTION LIMIT 3;\n\\password metrics\n");
      expect(sql).not.toMatch(/TO metrics.*(app|rds_|ON )/);
    });

    it("comes after the job that makes its user, and anew with another password", () => {
      const exporter = inProd.one("kubernetes_deployment_v1");
      expect(exporter.depends_on).toContain(inProd.address("kubernetes_job_v1", "Database_Setup_User"));
      const password = inProd.address("random_password", "Database_MetricsPassword");
      expect(JSON.stringify(exporter.spec)).toContain(`sha256(${password}.result)`);
      expect(JSON.stringify(exporter.spec)).not.toContain(`"\${${password}.result}"`);
    });

    it("has its alerts when it is there: nobody is woken because of a database that is still being made", () => {
      expect(release(inProd, "database-rules").depends_on).toContain(inProd.address("kubernetes_deployment_v1"));
    });

    it("talks to the server and to nobody else, and to Prometheus when that asks", () => {
      expect(networkPaths(inProd)["database-exporter-database-exporter"]).toEqual([
        "from monitoring/prometheus 9187",
        "to kube-system/kube-dns 53/UDP 53",
        ...Array<unknown>(3).fill(expect.stringMatching(/^to 10\.30\.\d+\.\d+\/\d+ 5432$/)), // a data subnet in each zone
      ]);
    });

    it("is there where somebody reads what it tells", () => {
      const unwatched = rdsStackOf({ ...dev, monitoring: false });
      expect(unwatched.all("kubernetes_deployment_v1")).toEqual([]);
      expect(manifestsOf(unwatched).map(({ kind }) => kind)).not.toContain("PrometheusRule");
      expect(JSON.stringify(unwatched.json)).not.toContain("METRICS_PASSWORD");
    });
  });

  it("records its engine in the ledger", () => {
    rdsStackOf(prod, ({ ledgerEntries }) => {
      expect(ledgerEntries).toMatchObject({ postgresql: { version: "17", support: { ends: "2029-11-08", saidBy: "project" } } });
    });
  });
});

/** The database with an identity that may connect to it. */
function grantedStack(environment: AwsEnvironment): SynthesizedStack {
  return dataStackOf(environment, (parts) => {
    const database = makeRds(parts, "Database");
    const { setting, stack } = parts;
    const identity = awsWorkloadIdentity(stack, "Identity", {
      ...{ setting, environment, namespace: "team-a", serviceAccount: "api", purpose: "api", statements: [] },
      cluster: onEks(parts.cluster, "test"),
    });
    database.grantConnect(identity, "Connect");
  });
}

function primary(stack: SynthesizedStack): Arguments {
  return stack.one("aws_db_instance", "Database_Primary");
}

function keyOf(stack: SynthesizedStack): string {
  return stack.address("aws_kms_key", "Database_Key");
}

function addresses(stack: SynthesizedStack, type: string, prefix = ""): readonly string[] {
  return stack.resources.filter((one) => one.type === type && one.name.startsWith(prefix)).map(({ name }) => `${type}.${name}`);
}
