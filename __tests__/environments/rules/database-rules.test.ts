import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { environmentNames } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { refusals } from "../changed";

const project = join(__dirname, "../../..");

describe("extensions and upkeep", () => {
  it("may be none", () => {
    expect(refusals("dev", { "database.extensions": [], "database.upkeep": [] })).toEqual([]);
  });

  it("fails when one is listed twice", () => {
    expect(refusals("dev", { "database.extensions": ["pgcrypto", "vector", "pgcrypto"], "database.upkeep": ["vacuum", "vacuum"] })).toEqual(
      [
        'dev.database: extensions.2 is "pgcrypto", must be different from extensions.0; remove the repetition',
        'dev.database: upkeep.1 is "vacuum", must be different from upkeep.0; remove the repetition',
      ],
    );
  });
});

describe("the name of the database", () => {
  it.each(["postgres", "template0", "template1", "rdsadmin", "pgbouncer", "user", "order", "analyze", "left", "select", "system_user"])(
    "fails when somebody else has it, or SQL: %s",
    (name) => {
      for (const environment of ["local", "dev"] as const) {
        expect(refusals(environment, { "database.name": name })).toEqual([
          `${environment}.database: name is "${name}", must be a name that neither SQL nor the server keeps for itself; rename the database, e.g. by a prefix`,
        ]);
      }
    },
  );

  it.each(["app", "users", "orders", "postgres2", "template", "my_user", "selected"])("may be %s", (name) => {
    expect(refusals("dev", { "database.name": name })).toEqual([]);
  });
});

describe("slow statements", () => {
  const told = (slowQueryMilliseconds: number) =>
    refusals("dev", { "database.slowQueryMilliseconds": slowQueryMilliseconds, "database.statementTimeoutSeconds": 60 });

  it("are logged before they are stopped", () => {
    for (const milliseconds of [1, 59_998, 59_999]) expect(told(milliseconds)).toEqual([]);
  });

  it.each([60_000, 60_001, 3_600_000])("fails when none lives for %d milliseconds", (milliseconds) => {
    expect(told(milliseconds)).toEqual([
      `dev.database: slowQueryMilliseconds is ${milliseconds}, must be less than statementTimeoutSeconds, which is 60 (60000 milliseconds); ` +
        "lower it: a statement is stopped before it would be logged",
    ]);
  });
});

describe("backup and maintenance", () => {
  const told = (backupAt: string, start: string, day = "sun") =>
    refusals("prod", { "database.backupAt": backupAt, "database.maintenance": { day, start } });

  it.each([
    ["01:00", "02:00"],
    ["02:00", "01:00"],
    ["23:00", "00:00"],
    ["23:30", "00:30"],
    ["12:00", "23:59"],
  ])("may be next to each other: %s and %s", (backupAt, start) => {
    expect(told(backupAt, start)).toEqual([]);
  });

  it.each([
    ["01:00", "01:00"],
    ["01:00", "01:59"],
    ["01:59", "01:00"],
    ["23:30", "00:29"],
    ["00:29", "23:30"],
  ])("fails when they share a minute, whatever the day: %s and %s", (backupAt, start) => {
    for (const day of ["mon", "thu", "sun"]) {
      expect(told(backupAt, start, day)).toEqual([
        `prod.database: backupAt is "${backupAt}", must be at least an hour before or after maintenance.start, which is ${start}; ` +
          "move one of them: each takes an hour",
      ]);
    }
  });

  it("fails when a time or a day is none", () => {
    expect(refusals("prod", { "database.backupAt": "24:00", "database.maintenance": { day: "sunday", start: "3:00" } })).toEqual([
      'prod.database: backupAt is "24:00", must be a time such as 07:30; write hours and minutes',
      'prod.database.maintenance: day is "sunday", must be one of mon, tue, wed, thu, fri, sat, sun; choose one of them',
      'prod.database.maintenance: start is "3:00", must be a time such as 07:30; write hours and minutes',
    ]);
  });
});

describe("the seed", () => {
  const folder = mkdtempSync(join(project, "seeds-of-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return relative(project, join(folder, name));
  };
  const told = (seedFile: string) => refusals("local", { "database.seedFile": seedFile });

  it("is a file of SQL within the project, or none", () => {
    expect(told(file("seed.sql", "SELECT 1;\n"))).toEqual([]);
    expect(told(file("umlaut.sql", "SELECT 'ä';\n"))).toEqual([]);
    expect(refusals("dev", { "database.seedFile": file("dev.sql", "SELECT 1;\n") })).toEqual([]);
  });

  it("is at most 1,000,000 bytes, which a ConfigMap takes", () => {
    for (const size of [999_999, 1_000_000]) expect(told(file("large.sql", "a".repeat(size)))).toEqual([]);
    expect(told(file("larger.sql", "a".repeat(1_000_001)))).toEqual([expect.stringContaining("at most 1000000 bytes, not 1000001")]);
  });

  it("fails when it is missing", () => {
    expect(told("seeds/none.sql")).toEqual([
      'local.database: seedFile is "seeds/none.sql", must be a file that exists; correct the file, or remove the field',
    ]);
  });

  it("fails when it is no text in UTF-8", () => {
    expect(told(file("latin1.sql", Buffer.from("SELECT 'ä';", "latin1")))).toEqual([expect.stringContaining("must be a file in UTF-8")]);
    expect(told(file("utf16.sql", Buffer.from("\ufeffSELECT 1;", "utf16le")))).toHaveLength(1);
    expect(told(file("binary.sql", "SELECT 1;\0"))).toEqual([expect.stringContaining("without the character NUL")]);
  });

  it("fails when there is nothing in it, or when it is a folder", () => {
    expect(told(file("empty.sql", " \n"))).toEqual([expect.stringContaining("must be a file with SQL in it")]);
    mkdirSync(join(folder, "folder.sql"));
    expect(told(relative(project, join(folder, "folder.sql")))).toEqual([expect.stringContaining("must be a file, not a folder")]);
  });

  it.each([
    "/etc/passwd.sql",
    "../seed.sql",
    "seeds/../../seed.sql",
    "seed.txt",
    "seed.sql\n",
    "",
    "seeds\\seed.sql",
    "~/seed.sql",
    "a b.sql",
  ])("fails when it is none within the project: %j", (path) => {
    expect(told(path)).toEqual([expect.stringMatching(/^local\.database: seedFile is .*, must be (a path to a file|text|printable)/)]);
  });
});

describe("what the platform does not let anybody choose", () => {
  // Row 21, 22, 29 and 37 of what AWS limits: users, passwords and ports are the same everywhere, and nobody has to think of their limits.
  it.each([
    "database.port",
    "database.password",
    "database.masterUsername",
    "database.highlyAvailable",
    "rds.port",
    "rds.availabilityZone",
    "rds.masterPassword",
    "rds.performanceInsightsRetentionDays",
    "rds.parameterGroupFamily",
    "cache.authToken",
    "cache.password",
    "cache.port",
    "elasticache.authToken",
    "elasticache.engineVersion",
  ])("fails when %s is given", (path) => {
    const [object, field] = path.split(".");
    expect(refusals("dev", { [path]: "x" })).toEqual([
      expect.stringContaining(`dev.${object}: ${field} is "x", must be a field that exists; `),
    ]);
  });

  it("fails when the laptop is given what only AWS has", () => {
    for (const field of ["rds", "elasticache", "s3"] as const) {
      expect(refusals("local", { [field]: environments.dev[field] })).toEqual([expect.stringContaining(`local: ${field} is `)]);
    }
  });

  it("is said of every environment", () => {
    for (const name of environmentNames) expect(refusals(name, { "database.port": 5432 })).toHaveLength(1);
  });
});
