import type { DatabaseIntent } from "./database";

/** Images of PostgreSQL by major version. Server and clients take the same; RDS is served by clients out of them, too. */
export const postgresImages: Readonly<Record<DatabaseIntent["version"], string>> = {
  "17": "ghcr.io/cloudnative-pg/postgresql:17.10-standard-trixie@sha256:78c4fdf165e8ffb1b5b7a7fc6b22b3cf37890a338b4c1c8c4d913896129a86da",
  "18": "ghcr.io/cloudnative-pg/postgresql:18.4-standard-trixie@sha256:58c9a9e29a23b814f8f335ce178727d83bc40d96ed7fe8977192d2d8cdcb3927",
};
