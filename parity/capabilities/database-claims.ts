import { applicationName } from "../../constructs/database/database";
import type { Claims, Proof } from "../capability";
import { is, matches, must } from "../finding";
import { isCopiedToWorkloads, variable } from "../workload-variables";
import { serverClaims } from "./server-claims";

/** What a database of PostgreSQL guarantees. */
export const databaseClaims = {
  tlsInTransit: {
    plainTextRefused: { summary: "the server refuses connections in plain text" },
    clientsAskForTls: { summary: "workloads are given an address that asks for TLS" },
  },
  encryptionAtRest: {
    volumeEncrypted: { summary: "volumes are encrypted" },
    keyRotated: { summary: "they are under a key of the environment's own that changes by itself" },
    backupsEncrypted: { summary: "backups are encrypted" },
  },
  authentication: {
    passwordsHashed: { summary: "passwords are checked by SCRAM" },
    administratorGenerated: { summary: "nobody has chosen the administrator's password, and nobody signs in without one" },
    applicationUser: { summary: "workloads sign in as a user that is no administrator" },
    passwordFromStore: { summary: "its password comes from the environment's secret store" },
  },
  highAvailability: { standby: { summary: "another server takes over when one is lost", unit: "copies" } },
  backup: {
    kept: { summary: "backups are made every day and kept", unit: "days" },
    archived: { summary: "backups are kept for the long term", unit: "days" },
  },
  pointInTime: { logKept: { summary: "any point in time of the last days can be gone back to", unit: "days" } },
  isolation: serverClaims.isolation,
  monitoring: {
    ...serverClaims.monitoring,
    slowQueriesLogged: { summary: "slow statements are logged" },
  },
  protection: {
    destroyRefused: { summary: "it is not destroyed by a slip" },
    backupsOutlive: { summary: "backups outlive it" },
  },
} as const satisfies Claims;

/** What workloads are told is the same on every target. */
export const clientsAskForTls: Proof = (_, environment) => [
  must(environment.output("database_url"), matches(/\?sslmode=(require|verify-full)$/)),
  must(variable(environment, "DATABASE_URL"), matches(/\?sslmode=(require|verify-full)$/)),
];
export const applicationUser: Proof = (_, environment) => [
  must(environment.output("database_user"), is(applicationName)),
  must(variable(environment, "DATABASE_USER"), is(applicationName)),
];
export const passwordFromStore: Proof = (_, environment) => [
  must(environment.output("database_secret"), isCopiedToWorkloads(environment)),
  must(variable(environment, "DATABASE_PASSWORD"), matches(/^\{\{ \.\w+ \}\}$/)),
  must(variable(environment, "DATABASE_URL"), matches(/^postgresql:\/\/\w+:\{\{ \.\w+ \}\}@/)),
];
