import { fingerprintDigits } from "../secrets/generated-password";
import { applicationName, metricsName, type DatabaseIntent } from "./database";

/** A user that signs in with tokens of the cloud, and the role by which the server asks it for one. */
export interface TokenUser {
  readonly name: string;
  readonly memberOf: string;
}

/** How a script begins: it stops at the first error, and waits up to five minutes for a server that has just started. */
const untilReady = `set -eu
for attempt in $(seq 1 60); do pg_isready --quiet && break; sleep 2; done
`;

/** psql without anybody's own settings, until the first error. */
const psql = "psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1";

/** The copy of a password that was made up anew is some seconds behind, and a pod keeps what it has started with: the next one has the new one. */
function newest(password: string, fingerprint: string): string {
  return `if [ "$(printf %s "$${password}" | sha256sum | cut -c 1-${fingerprintDigits})" != "$${fingerprint}" ]; then
  echo "The password in the Secret is not the newest yet." >&2
  exit 1
fi
`;
}

/**
 * Everything or nothing; may be repeated. psql asks for each password twice, and sends what the server keeps of it: no argument and no log
 * has it.
 * @param measured whether there is a user that reads statistics
 */
export function userScript(measured: boolean): string {
  const passwords = ["APPLICATION_PASSWORD", ...(measured ? ["METRICS_PASSWORD"] : [])];
  const asked = passwords.flatMap((password) => [password, password]);
  return [
    untilReady,
    newest("APPLICATION_PASSWORD", "FINGERPRINT"),
    measured ? newest("METRICS_PASSWORD", "METRICS_FINGERPRINT") : "",
    `printf '${asked.map(() => "%s\\n").join("")}' ${asked.map((password) => `"$${password}"`).join(" ")} |\n`,
    `  ${psql} --single-transaction --file=/setup/user.sql\n`,
  ].join("");
}

/** Everything or nothing. A seed may take longer than a statement of the application. */
export const seedScript = `${untilReady}PGOPTIONS="--statement_timeout=0" ${psql} --single-transaction --file=/setup/seed.sql
`;

/** Statement after statement: none of them bears a transaction. */
export const upkeepScript = `${untilReady}${psql} --file=/setup/upkeep.sql
`;

/** How long a transaction of the application may hold its locks and do nothing. */
const idleTransactionSeconds = 60;

/** The application may create in `public`: what administrators run must find nothing there by its bare name. */
const nothingOfOthers = "SET search_path = '';";

/**
 * The application's user and what it may, as SQL of psql. The administrator becomes a member, to look after what the user
 * will own.
 */
export function userSql(
  { connections, extensions, statementTimeoutSeconds }: DatabaseIntent,
  { measured, tokenUser }: { readonly measured: boolean; readonly tokenUser?: TokenUser | undefined },
): string {
  const limitOf = (role: string, setting: string, seconds: number) =>
    `ALTER ROLE ${role} IN DATABASE :"DBNAME" SET ${setting} = '${seconds}s';`;
  const limits = (role: string) => [
    limitOf(role, "statement_timeout", statementTimeoutSeconds),
    limitOf(role, "lock_timeout", 10), // who waits for a lock makes others wait
    limitOf(role, "idle_in_transaction_session_timeout", idleTransactionSeconds),
  ];
  return lines(
    nothingOfOthers,
    ...extensions.map((extension) => `CREATE EXTENSION IF NOT EXISTS "${extension}" WITH SCHEMA public;`),
    `SELECT 'CREATE ROLE ${applicationName}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${applicationName}') \\gexec`,
    `GRANT ${applicationName} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE;`,
    `ALTER ROLE ${applicationName} LOGIN CONNECTION LIMIT ${connections};`,
    "SET password_encryption = 'scram-sha-256';",
    `\\password ${applicationName}`,
    ...limits(applicationName),
    ...(tokenUser === undefined ? [] : [...tokenUserSql(tokenUser, connections), ...limits(tokenUser.name)]),
    ...(measured ? metricsUserSql : []),
    'REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;',
    `GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO ${applicationName};`,
    'GRANT CONNECT ON DATABASE :"DBNAME" TO pg_monitor;', // what measures the server is a member of it
    "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
    `GRANT USAGE, CREATE ON SCHEMA public TO ${applicationName};`,
  );
}

/** A user that comes in with a token, and then is the application's: what it makes belongs to that one. */
function tokenUserSql({ name, memberOf }: TokenUser, connections: number): readonly string[] {
  return [
    `SELECT 'CREATE ROLE ${name}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') \\gexec`,
    `GRANT ${applicationName} TO ${name} WITH INHERIT TRUE, SET TRUE;`,
    `GRANT ${memberOf} TO ${name};`,
    `ALTER ROLE ${name} LOGIN CONNECTION LIMIT ${connections};`,
    `ALTER ROLE ${name} SET role = '${applicationName}';`,
  ];
}

/** A user that may read statistics. Its exporter keeps a connection or two; more would be somebody else's. */
const metricsUserSql = [
  `SELECT 'CREATE ROLE ${metricsName}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${metricsName}') \\gexec`,
  `GRANT pg_monitor TO ${metricsName};`,
  `ALTER ROLE ${metricsName} LOGIN CONNECTION LIMIT 3;`,
  `\\password ${metricsName}`,
];

/** Indexes of tables that are looked after. Catalogs cannot be reindexed concurrently, and what that leaves in TOAST only superusers can remove. */
const ownIndexes = `FROM pg_index JOIN pg_class ON oid = indexrelid
WHERE relkind = 'i' AND relpersistence <> 't' AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)`;

/** What each kind of upkeep runs. It gives way to the application: no read and no write waits for a lock of it. */
const upkeepOf: Readonly<Record<DatabaseIntent["upkeep"][number], readonly string[]>> = {
  reindex: [
    // A run that was cut short leaves invalid copies behind, which are written to for ever and never used.
    `SELECT format('DROP INDEX CONCURRENTLY %s', indexrelid::regclass) ${ownIndexes}`,
    "AND NOT indisvalid AND relname ~ '_cc(new|old)[0-9]*$' AND pg_has_role(relowner, 'USAGE') \\gexec",
    `SELECT format('REINDEX INDEX CONCURRENTLY %s', indexrelid::regclass) ${ownIndexes}`,
    "AND indisvalid AND NOT indisexclusion AND has_table_privilege(indrelid, 'MAINTAIN') \\gexec",
  ],
  vacuum: ["VACUUM (SKIP_LOCKED);"],
  analyze: ["ANALYZE (SKIP_LOCKED);"],
};

/**
 * Weekly upkeep as SQL of psql, for the owner of the database: indexes first, statistics last. An index waits for
 * transactions that are older: for as long as a statement and an idle transaction of the application may last.
 */
export function upkeepSql({ statementTimeoutSeconds, upkeep }: Pick<DatabaseIntent, "statementTimeoutSeconds" | "upkeep">): string {
  const wanted = (["reindex", "vacuum", "analyze"] as const).filter((kind) => upkeep.includes(kind));
  return lines(
    nothingOfOthers,
    "SET statement_timeout = 0;",
    `SET lock_timeout = '${statementTimeoutSeconds + idleTransactionSeconds}s';`,
    ...wanted.flatMap((kind) => upkeepOf[kind]),
  );
}

function lines(...given: readonly string[]): string {
  return given.map((line) => `${line}\n`).join("");
}
