import { isReservedDatabaseName } from "../../constructs/database/reserved-names";
import { seedFileLimit } from "../../constructs/database/seed-file";
import { hoursInConflict, problem, repetitions, type Rule } from "./rule";

const lists: Rule = {
  reads: ["database.extensions", "database.upkeep"],
  check: (environment) => [
    ...repetitions(environment, "database.extensions", environment.database.extensions),
    ...repetitions(environment, "database.upkeep", environment.database.upkeep),
  ],
};

const name: Rule = {
  reads: ["database.name"],
  check: (environment) =>
    isReservedDatabaseName(environment.database.name)
      ? [
          problem(
            environment,
            "database.name",
            environment.database.name,
            "a name that neither SQL nor the server keeps for itself",
            "rename the database, e.g. by a prefix",
          ),
        ]
      : [],
};

/** A statement that is slower than what is logged has to live that long. */
const statements: Rule = {
  reads: ["database.slowQueryMilliseconds", "database.statementTimeoutSeconds"],
  check: (environment) => {
    const { slowQueryMilliseconds, statementTimeoutSeconds } = environment.database;
    return slowQueryMilliseconds < statementTimeoutSeconds * 1000
      ? []
      : [
          problem(
            environment,
            "database.slowQueryMilliseconds",
            slowQueryMilliseconds,
            `less than statementTimeoutSeconds, which is ${statementTimeoutSeconds} (${statementTimeoutSeconds * 1000} milliseconds)`,
            "lower it: a statement is stopped before it would be logged",
          ),
        ];
  },
};

/** RDS refuses both at a time (rds:CreateDBInstance, PreferredBackupWindow). */
const hours: Rule = {
  reads: ["database.backupAt", "database.maintenance"],
  check: (environment) => {
    const { backupAt, maintenance } = environment.database;
    return hoursInConflict(environment, "database.backupAt", backupAt, maintenance.start);
  },
};

const seedFile: Rule = {
  reads: ["database.seedFile"],
  check: (environment) => {
    const { seedFile: file } = environment.database;
    const limit = file === undefined ? undefined : seedFileLimit(file);
    return limit === undefined ? [] : [problem(environment, "database.seedFile", file, limit, "correct the file, or remove the field")];
  },
};

/** What the database of every target must satisfy. */
export const databaseRules: readonly Rule[] = [lists, name, statements, hours, seedFile];
