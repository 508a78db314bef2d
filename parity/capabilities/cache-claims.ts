import type { Claims, Proof } from "../capability";
import { matches, must } from "../finding";
import { isCopiedToWorkloads, variable } from "../workload-variables";
import { serverClaims } from "./server-claims";

/** What a cache guarantees. */
export const cacheClaims = {
  tlsInTransit: {
    plainTextRefused: { summary: "the server takes no connections in plain text" },
    clientsAskForTls: { summary: "workloads are given an address that asks for TLS" },
  },
  encryptionAtRest: {
    volumeEncrypted: { summary: "what is written to disk is encrypted" },
    keyRotated: { summary: "it is under a key of the environment's own that changes by itself" },
  },
  authentication: {
    anonymousRefused: { summary: "the default user is off" },
    applicationUser: { summary: "workloads sign in as a user that is no administrator" },
    passwordFromStore: { summary: "its password comes from the environment's secret store" },
  },
  highAvailability: { failover: { summary: "another node takes over when one is lost", unit: "nodes" } },
  backup: { kept: { summary: "snapshots are made every day and kept", unit: "days" } },
  isolation: serverClaims.isolation,
  monitoring: {
    ...serverClaims.monitoring,
    slowCommandsLogged: { summary: "slow commands can be looked up" },
  },
  protection: {
    destroyRefused: { summary: "it is not destroyed by a slip" },
    lastSnapshot: { summary: "a last snapshot outlives it" },
  },
} as const satisfies Claims;

/** What workloads are told is the same on every target. */
export const clientsAskForTls: Proof = (_, environment) => [must(variable(environment, "REDIS_URL"), matches(/^rediss:\/\//))];
/** What workloads are told is the same on every target. */
export const passwordFromStore: Proof = (_, environment) => [
  must(environment.output("cache_secret"), isCopiedToWorkloads(environment)),
  must(variable(environment, "REDIS_URL"), matches(/^rediss:\/\/app:\{\{ \.\w+ \}\}@/)),
];
