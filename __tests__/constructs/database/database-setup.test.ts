import { Password } from "@cdktf/provider-random/lib/password";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { DatabaseIntent } from "../../../constructs/database/database";
import { DatabaseSetup, type DatabaseSetupProps } from "../../../constructs/database/database-setup";
import { postgresImages } from "../../../constructs/database/postgres-images";
import type { Environment } from "../../../environments/environment";
import { dev } from "../../../environments/dev";
import { local } from "../../../environments/local";
import { itIsRestricted } from "../../contracts/restricted-pods";
import { itStandsTwiceInData } from "../../contracts/stands-twice";
import { dataStackOf, type DataParts } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { manifest } from "../../released";
import { only, type SynthesizedStack } from "../../synthesized";

const folder = mkdtempSync(join(tmpdir(), "seed-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A seed by its path from the project. */
function seed(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return relative(join(__dirname, "../../.."), join(folder, name));
}

function setup(
  { stack, setting, secretStore, namespace }: DataParts,
  id: string,
  changes: Partial<DatabaseSetupProps> = {},
): DatabaseSetup {
  return new DatabaseSetup(stack, id, {
    setting,
    secretStore,
    namespace: namespace(`${id}Namespace`, "database"),
    name: "database",
    intent: setting.environment.database,
    host: "server.database.test",
    administrator: secretStore.reference("database-administrator", "password"),
    application: secretStore.generate(stack, `${id}Password`, "database-app"),
    paths: (pods) => [{ from: pods, to: { namespace: "database", labels: { role: "server" } }, ports: [{ port: 5432 }] }],
    requires: [],
    ...changes,
  });
}

function setupOf(
  environment: Environment,
  intent: Partial<DatabaseIntent> = {},
  changes: Partial<DatabaseSetupProps> = {},
): SynthesizedStack {
  return dataStackOf(environment, (parts) => setup(parts, "Setup", { ...changes, intent: { ...environment.database, ...intent } }));
}

/** What a job reads beside its script. */
function fileOf(stack: SynthesizedStack, job: string, file: string): string {
  const { data } = stack.one("kubernetes_config_map_v1", `Setup_${job}`);
  return String((data as Readonly<Record<string, unknown>>)[file]);
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string; readonly value_from?: unknown }[];
}

/** Variables of a job by their names; of a secret, where it is. */
function variablesOf(stack: SynthesizedStack, type: string, job: string): Readonly<Record<string, unknown>> {
  const spec = stack.one(type, `Setup_${job}`).spec as { template?: Template; job_template?: { spec: { template: Template } } };
  const { container } = (spec.template ?? spec.job_template?.spec.template)?.spec ?? { container: [] };
  return Object.fromEntries(only(container, "container").env.map(({ name, value, value_from }) => [name, value ?? value_from]));
}

interface Template {
  readonly spec: { readonly container: readonly Container[] };
}

describe("DatabaseSetup", () => {
  const path = seed("colours.sql", "INSERT INTO colours VALUES ('${red} %{green} $1');\n");
  const stack = setupOf(local, { seedFile: path });

  it("is the jobs, their passwords, and what they may talk to", () => {
    expect(
      stack.inventory.filter((type) => !/^kubernetes_(default_service_account|limit_range|namespace|resource_quota)/.test(type)),
    ).toEqual([
      "helm_release", // the passwords' copy
      ...["kubernetes_config_map_v1", "kubernetes_config_map_v1", "kubernetes_config_map_v1"], // scripts
      "kubernetes_cron_job_v1", // upkeep
      ...["kubernetes_job_v1", "kubernetes_job_v1"], // user, seed
      ...Array.from({ length: 5 }, () => "kubernetes_network_policy_v1"), // three jobs, the server, everything else denied
      "kubernetes_secret_v1", // the application's password
      "random_password",
    ]);
  });

  describe.each<[Environment["name"], Environment]>([
    ["local", local],
    ["dev", dev],
  ])("in %s", (_, environment) => {
    const made = setupOf(environment, { seedFile: path });

    it("signs in with TLS: the administrator for user and upkeep, the application for its seed", () => {
      const as = (user: string, key: string) => ({
        HOME: "/tmp",
        PGHOST: "server.database.test",
        PGPORT: "5432",
        PGDATABASE: environment.database.name,
        PGUSER: user,
        PGPASSWORD: [{ secret_key_ref: { name: "database-setup", key } }],
        PGSSLMODE: "require",
      });
      const flat = (variables: Readonly<Record<string, unknown>>) =>
        Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, typeof value === "string" ? value : [value].flat()]));
      const administrator = as("administrator", "administrator-password");
      expect(flat(variablesOf(made, "kubernetes_job_v1", "User"))).toMatchObject(administrator);
      expect(flat(variablesOf(made, "kubernetes_cron_job_v1", "Upkeep"))).toMatchObject(administrator);
      expect(flat(variablesOf(made, "kubernetes_job_v1", "Seed"))).toMatchObject(as("app", "application-password"));
    });

    it("brings both passwords by reference into one Secret", () => {
      const { metadata, spec } = manifest(made, "ExternalSecret", "database-setup");
      expect(metadata.namespace).toBe("database");
      expect(spec.data).toEqual([
        { secretKey: "administrator-password", remoteRef: { key: expect.stringMatching(/database-administrator$/), property: "password" } },
        { secretKey: "application-password", remoteRef: { key: expect.stringMatching(/database-app$/), property: "password" } },
      ]);
    });
  });

  it("hands the application's password to psql's input: no argument, no file and no statement has it", () => {
    const script = fileOf(stack, "User", "setup.sh");
    expect(script).toContain(`printf '%s\\n%s\\n' "$APPLICATION_PASSWORD" "$APPLICATION_PASSWORD" |`);
    const sql = fileOf(stack, "User", "user.sql");
    expect(sql).toMatch(/^SET password_encryption = 'scram-sha-256';\n\\password app$/m);
    expect(sql).not.toMatch(/PASSWORD '/);
    expect(stack.one("kubernetes_job_v1", "Setup_User")).toMatchObject({ wait_for_completion: true });
  });

  it("makes the user before it takes rights from everybody, once, in one transaction", () => {
    expect(fileOf(stack, "User", "setup.sh")).toMatch(/psql .*--set=ON_ERROR_STOP=1 --single-transaction/);
    expect(fileOf(stack, "User", "user.sql").split("\n")).toEqual(
      expect.arrayContaining([
        "SELECT 'CREATE ROLE app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') \\gexec",
        'REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;',
        'GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO app;',
        "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
        "GRANT USAGE, CREATE ON SCHEMA public TO app;",
      ]),
    );
    expect(fileOf(stack, "User", "user.sql")).not.toMatch(/SUPERUSER|CREATEROLE|CREATEDB|BYPASSRLS|ALL PRIVILEGES|TO PUBLIC/);
  });

  it("lets nobody else into the database but those who watch the server", () => {
    const granted = [...fileOf(stack, "User", "user.sql").matchAll(/^GRANT .* ON .* TO (.*);$/gm)].map(([, role]) => role);
    expect(granted).toEqual(["app", "pg_monitor", "app"]); // database, database, schema
  });

  it("limits what the application may take at a time", () => {
    const sql = fileOf(setupOf(local, { connections: 7, statementTimeoutSeconds: 42 }), "User", "user.sql");
    expect(sql).toContain("ALTER ROLE app LOGIN CONNECTION LIMIT 7;");
    expect(sql).toContain(`ALTER ROLE app IN DATABASE :"DBNAME" SET statement_timeout = '42s';`);
    expect(sql).toContain(`ALTER ROLE app IN DATABASE :"DBNAME" SET lock_timeout = '10s';`);
    expect(sql).toContain(`ALTER ROLE app IN DATABASE :"DBNAME" SET idle_in_transaction_session_timeout = '60s';`);
  });

  it("makes each extension before anybody else may put something into its schema", () => {
    const made = fileOf(setupOf(local, { extensions: ["uuid-ossp", "vector"] }), "User", "user.sql").split("\n");
    expect(made.slice(0, 4)).toEqual([
      "SET search_path = '';",
      'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;',
      'CREATE EXTENSION IF NOT EXISTS "vector" WITH SCHEMA public;',
      expect.stringContaining("CREATE ROLE app"),
    ]);
  });

  it("lets a second user in by a role of the server's, whose sessions are the application's", () => {
    const made = fileOf(setupOf(dev, {}, { tokenUser: { name: "app_token", memberOf: "tokens" } }), "User", "user.sql");
    expect(made).toContain("GRANT tokens TO app_token;\n");
    expect(made).toContain("ALTER ROLE app_token SET role = 'app';\n");
    expect(made).not.toContain("GRANT tokens TO app;"); // it would take the password from the application
    expect(made).not.toContain("GRANT app_token TO CURRENT_USER"); // and from the administrator
  });

  it("makes a user that reads statistics where it gets a password for one, by psql's input as well", () => {
    const measured = dataStackOf(dev, (parts) => {
      setup(parts, "Setup", { metrics: parts.secretStore.generate(parts.stack, "Metrics", "database-metrics") });
    });
    const script = fileOf(measured, "User", "setup.sh");
    expect(script).toContain(
      `printf '%s\\n%s\\n%s\\n%s\\n' "$APPLICATION_PASSWORD" "$APPLICATION_PASSWORD" "$METRICS_PASSWORD" "$METRICS_PASSWORD" |\n  psql`,
    );
    expect(script).toMatch(/"\$METRICS_PASSWORD" \| sha256sum \| cut -c 1-\d+\)" != "\$METRICS_FINGERPRINT"/);
    const sql = fileOf(measured, "User", "user.sql");
    expect(sql.match(/^\\password .*$/gm)).toEqual(["\\password app", "\\password metrics"]); // in the order of the input
    expect(sql).toContain("GRANT pg_monitor TO metrics;\n");
    expect(variablesOf(measured, "kubernetes_job_v1", "User").METRICS_PASSWORD).toEqual({
      secret_key_ref: { name: "database-setup", key: "metrics-password" },
    });
    expect(JSON.stringify(measured.one("kubernetes_job_v1", "Setup_User").lifecycle)).toContain(
      measured.address("aws_secretsmanager_secret_version", "Metrics"),
    );
    for (const file of ["setup.sh", "user.sql"]) expect(fileOf(stack, "User", file)).not.toMatch(/metrics/i);
  });

  it("waits for a server that has just been made, but not for ever", () => {
    for (const job of ["User", "Seed", "Upkeep"]) {
      expect(fileOf(stack, job, "setup.sh")).toContain("for attempt in $(seq 1 60); do pg_isready --quiet && break; sleep 2; done\n");
    }
  });

  it("runs the seed as it is written, after the user is there, all of it or nothing", () => {
    expect(fileOf(stack, "Seed", "seed.sql")).toBe("INSERT INTO colours VALUES ('$${red} %%{green} $1');\n"); // as Terraform escapes it
    expect(fileOf(stack, "Seed", "setup.sh")).toMatch(/psql .*--set=ON_ERROR_STOP=1 --single-transaction --file=\/setup\/seed.sql/);
    expect(stack.one("kubernetes_job_v1", "Setup_Seed").depends_on).toEqual([stack.address("kubernetes_job_v1", "Setup_User")]);
  });

  it("runs another seed, and no seed again", () => {
    const nameOf = (made: SynthesizedStack) => (made.one("kubernetes_job_v1", "Setup_Seed").metadata as { readonly name: string }).name;
    expect(nameOf(stack)).toMatch(/^database-seed-[0-9a-f]{8}$/);
    expect(nameOf(setupOf(local, { seedFile: path, connections: 7 }))).toBe(nameOf(stack));
    expect(nameOf(setupOf(local, { seedFile: seed("other.sql", "SELECT 1;") }))).not.toBe(nameOf(stack));
  });

  it("has neither seed nor upkeep where nobody asks for them", () => {
    const bare = setupOf(local, { seedFile: undefined, upkeep: [] });
    expect(bare.all("kubernetes_job_v1")).toHaveLength(1);
    expect(bare.all("kubernetes_cron_job_v1")).toEqual([]);
    expect(Object.keys(networkPaths(bare)).filter((name) => /seed|upkeep/.test(name))).toEqual([]);
  });

  it.each([
    ["mon", "00:05", "5 0 * * mon"],
    ["sun", "23:30", "30 23 * * sun"],
  ] as const)("looks after the tables at %s %s", (day, start, schedule) => {
    const job = setupOf(local, { maintenance: { day, start } }).one("kubernetes_cron_job_v1");
    expect(job).toMatchObject({
      metadata: { name: "database-upkeep" },
      spec: { schedule, timezone: "Etc/UTC", suspend: false, job_template: { spec: { active_deadline_seconds: 3600 } } },
    });
  });

  it.each<[DatabaseIntent["upkeep"], RegExp[], RegExp[]]>([
    [["vacuum"], [/^VACUUM \(SKIP_LOCKED\);$/m], [/ANALYZE/, /REINDEX/, /FULL/]],
    [["analyze"], [/^ANALYZE \(SKIP_LOCKED\);$/m], [/VACUUM/, /REINDEX/]],
    [["reindex"], [/DROP INDEX CONCURRENTLY/, /REINDEX INDEX CONCURRENTLY/], [/VACUUM/, /ANALYZE/, /REINDEX INDEX %s/]],
    [["analyze", "vacuum", "reindex"], [/REINDEX[^]*VACUUM[^]*ANALYZE/], []],
  ])("does %j and nothing else", (upkeep, expected, unexpected) => {
    const sql = fileOf(setupOf(local, { upkeep, statementTimeoutSeconds: 42 }), "Upkeep", "upkeep.sql");
    expect(sql).toMatch(/^SET search_path = '';\nSET statement_timeout = 0;\nSET lock_timeout = '102s';\n/);
    for (const statement of expected) expect(sql).toMatch(statement);
    for (const statement of unexpected) expect(sql).not.toMatch(statement);
  });

  it("opens the way to DNS and the server for its jobs, and for nothing else", () => {
    const paths = networkPaths(stack);
    for (const job of ["user", "seed", "upkeep"]) {
      const [udp, tcp] = ["to kube-system/kube-dns 53/UDP 53", "to database/server 5432"];
      expect(paths[`database-setup-database-${job}`]).toEqual([udp, tcp]);
    }
    expect(paths["database-setup-server"]).toHaveLength(3);
  });

  it("has room in its namespace", () => {
    const quota = (upkeep: boolean) => (upkeep ? stack : dataStackOf(local, ({ namespace }) => namespace("Bare", "database")));
    const pods = (made: SynthesizedStack) => (made.one("kubernetes_resource_quota_v1").spec as { hard: { pods: string } }).hard.pods;
    expect(Number(pods(quota(true)))).toBeGreaterThan(Number(pods(quota(false))));
  });

  it("runs again when the application's password or the server is another", () => {
    const job = setupOf(local, {}, { server: "db-ABC" }).one("kubernetes_job_v1", "Setup_User");
    expect(job.lifecycle).toEqual({ replace_triggered_by: [stack.address("kubernetes_secret_v1")] });
    expect(JSON.stringify(job)).toContain('{"name":"SERVER","value":"db-ABC"}');
  });

  it.each([
    ["the newest", "new", 0],
    ["one from before", "old", 1],
  ])("sets no password but the newest: it exits when the Secret has %s", (_, password, status) => {
    const fingerprint = createHash("sha256").update("new").digest("hex").slice(0, 8);
    expect(JSON.stringify(variablesOf(stack, "kubernetes_job_v1", "User").FINGERPRINT)).toMatch(
      /nonsensitive\(substr\(sha256\(random_password\.\w+\.result\), 0, 8\)\)/,
    );
    const given = `APPLICATION_PASSWORD=${password}\nFINGERPRINT=${fingerprint}\npg_isready() { :; }\npsql() { cat; }\n`;
    const run = spawnSync("sh", ["-c", `${given}${fileOf(stack, "User", "setup.sh")}`], { encoding: "utf8" });
    expect([run.status, run.stdout]).toEqual([status, status === 0 ? "new\nnew\n" : ""]);
  });

  it("comes after what it needs, and others come after its last job", () => {
    const order = dataStackOf(local, (parts) => {
      const required = parts.secretStore.generate(parts.stack, "Required", "required");
      const made = setup(parts, "Setup", { intent: { ...local.database, seedFile: path }, requires: [required] });
      new Password(parts.stack, "Later", { length: 40, dependsOn: [...made.installed] });
    });
    const waits = order.one("kubernetes_job_v1", "Setup_User").depends_on;
    expect(waits).toEqual(
      expect.arrayContaining([
        order.address("helm_release", "Setup_Secret"),
        order.address("kubernetes_secret_v1", "Required"),
        order.address("kubernetes_network_policy_v1", "SetupNamespace"),
      ]),
    );
    expect(order.one("random_password", "Later").depends_on).toEqual([order.address("kubernetes_job_v1", "Setup_Seed")]);
    expect(order.one("kubernetes_cron_job_v1").depends_on).toEqual([order.address("kubernetes_job_v1", "Setup_User")]);
  });

  it.each(["17", "18"] as const)("runs clients of the server's version, %s, that the ledger knows", (version) => {
    dataStackOf(local, (parts) => {
      const made = setup(parts, "Setup", { intent: { ...local.database, version } });
      expect(Object.entries(made.ledgerEntries)).toEqual([
        ["ghcr.io/cloudnative-pg/postgresql", expect.objectContaining({ version: expect.stringMatching(`^${version}\\.`) })],
      ]);
    });
    expect(JSON.stringify(setupOf(local, { version }).one("kubernetes_cron_job_v1"))).toContain(`"image":"${postgresImages[version]}"`);
  });

  it("fails when the seed cannot be run", () => {
    expect(() => setupOf(local, { seedFile: "seeds/missing.sql" })).toThrow(
      'local-data/Setup: seedFile is "seeds/missing.sql", must be a file that exists; name or mend a file of SQL',
    );
  });

  itIsRestricted(setupOf(local), { image: postgresImages["17"] });

  itStandsTwiceInData(local, (parts, id) => {
    setup(parts, id);
  });
});
