import { defineCapability } from "../capability";
import { is, matches, must, mustBeAtLeast } from "../finding";
import { buckets, s3 } from "../proofs/buckets";
import { line, mustSay } from "../proofs/lines";
import { bucketScripts, minio, scriptFile } from "../proofs/minio";
import { namespacesDeny, peersAreNamed } from "../proofs/namespaces";

/** Buckets of workloads. */
export const objectStore = defineCapability({
  name: "objectStore",
  constructs: ["data/ObjectStore"],
  outputs: { object_store_endpoint: "string", object_store_region: "string", object_store_buckets: "list" },
  claims: {
    tlsInTransit: {
      plainTextRefused: { summary: "buckets refuse requests in plain text" },
      endpointIsHttps: { summary: "workloads are given an address that asks for TLS" },
    },
    encryptionAtRest: {
      encrypted: { summary: "objects are encrypted under a key of the environment's own" },
      keyRotated: { summary: "that key changes by itself" },
    },
    authentication: { named: { summary: "nobody gets in without a name, and rights come by policies alone" } },
    highAvailability: { severalCopies: { summary: "objects survive the loss of a server" } },
    backup: { versionsKept: { summary: "replaced and deleted objects can be had back", unit: "days" } },
    pointInTime: { versioned: { summary: "every version of an object is kept" } },
    isolation: { closed: { summary: "only those who are named reach the buckets" } },
    monitoring: { requestsLogged: { summary: "every request is logged" } },
    protection: { lossRefused: { summary: "buckets with objects in them are not destroyed by a slip" } },
  },
  exempt: {},
  variants: [
    {
      name: "S3",
      main: buckets,
      proofs: {
        tlsInTransit: {
          plainTextRefused: s3.refusesPlainText,
          endpointIsHttps: (_, environment) => [must(environment.output("object_store_endpoint"), matches(/^https:/))],
        },
        encryptionAtRest: { encrypted: s3.ownKey, keyRotated: s3.keyRotated },
        authentication: { named: s3.withoutAccessLists },
        highAvailability: { severalCopies: s3.severalZones },
        backup: { versionsKept: s3.keepsVersions },
        pointInTime: { versioned: s3.versioned },
        isolation: { closed: s3.closedToThePublic },
        monitoring: { requestsLogged: s3.logsRequests },
        protection: { lossRefused: s3.lossRefused(false) },
      },
      facts: (own) => Object.fromEntries(buckets(own).map((bucket, index) => [`bucket ${index + 1}`, bucket.at("bucket").value])),
    },
    {
      name: "MinIO",
      main: bucketScripts,
      proofs: {
        tlsInTransit: {
          plainTextRefused: minio.speaksTls,
          endpointIsHttps: (_, environment) => [must(environment.output("object_store_endpoint"), matches(/^https:/))],
        },
        encryptionAtRest: { encrypted: minio.encrypts, keyRotated: minio.rotatesKey },
        authentication: { named: minio.asksWho },
        highAvailability: { severalCopies: minio.severalServers },
        backup: {
          versionsKept: (own) =>
            bucketScripts(own).flatMap((script) => [
              mustSay(script, "setup.sh", /^mc ilm rule import .*lifecycle\.json$/),
              must(scriptFile(script, "lifecycle.json").at("Rules", 0, "Status"), is("Enabled")),
              mustBeAtLeast(1, scriptFile(script, "lifecycle.json").at("Rules", 0, "NoncurrentVersionExpiration", "NoncurrentDays")),
            ]),
        },
        pointInTime: { versioned: minio.versioned },
        isolation: {
          closed: (_, environment) => {
            const server = environment.below(["state/StateStore"]);
            return [...namespacesDeny(server), ...peersAreNamed(server, environment)];
          },
        },
        monitoring: { requestsLogged: minio.logsRequests },
        protection: { lossRefused: minio.destroyRefused },
      },
      facts: (own) =>
        Object.fromEntries(bucketScripts(own).map((script, index) => [`bucket ${index + 1}`, line(script, "setup.sh", /^mc mb /).value])),
    },
  ],
});
