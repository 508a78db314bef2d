import { isReservedDatabaseName } from "../../../constructs/database/reserved-names";

test.each(["postgres", "template0", "template1", "rdsadmin", "pgbouncer", "all", "user", "table", "lateral", "concurrently", "window"])(
  "%s is somebody else's, or SQL's",
  (name) => {
    expect(isReservedDatabaseName(name)).toBe(true);
  },
);

// Key words that PostgreSQL takes as names without quotes, and what only looks like one.
test.each(["app", "data", "name", "value", "key", "postgres_app", "users", "windows"])("%s is free", (name) => {
  expect(isReservedDatabaseName(name)).toBe(false);
});
