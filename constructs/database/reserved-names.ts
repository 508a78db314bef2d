/** Databases that exist already, or that a server or pooler answers by itself: PostgreSQL's, those of RDS, and PgBouncer's console. */
const taken = ["postgres", "template0", "template1", "rdsadmin", "pgbouncer"];

/** Key words that no name may be without quotes (PostgreSQL 18 documentation, appendix C, "reserved"). RDS refuses them as names. */
const keyWords = [
  ...["all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary", "both", "case", "cast"],
  ...["check", "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date"],
  ...["current_role", "current_schema", "current_time", "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct"],
  ...["do", "else", "end", "except", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike"],
  ...["in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime"],
  ...["localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing"],
  ...["primary", "references", "returning", "right", "select", "session_user", "similar", "some", "symmetric", "system_user", "table"],
  ...["tablesample", "then", "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose", "when", "where"],
  ...["window", "with"],
];

const reserved = new Set([...taken, ...keyWords]);

/** Whether a database may not have a name, given in lower case. */
export function isReservedDatabaseName(name: string): boolean {
  return reserved.has(name);
}
