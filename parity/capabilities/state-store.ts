import { defineCapability } from "../capability";
import { must } from "../finding";
import { buckets, s3 } from "../proofs/buckets";
import { mustSay } from "../proofs/lines";
import { bucketScripts, minio } from "../proofs/minio";
import { namespacesDeny, peersAreNamed } from "../proofs/namespaces";

/** Where Terraform keeps the environment's state. */
export const stateStore = defineCapability({
  name: "stateStore",
  constructs: ["state/StateStore"],
  outputs: { state_bucket: "string" },
  claims: {
    tlsInTransit: { plainTextRefused: { summary: "the bucket refuses requests in plain text" } },
    encryptionAtRest: {
      encrypted: { summary: "states are encrypted under a key of the environment's own" },
      keyRotated: { summary: "that key changes by itself" },
    },
    authentication: { named: { summary: "nobody gets in without a name, and rights come by policies alone" } },
    highAvailability: { severalCopies: { summary: "states survive the loss of a server" } },
    backup: { versionsKept: { summary: "replaced states can be had back", unit: "days" } },
    pointInTime: { versioned: { summary: "every version of a state is kept" } },
    isolation: { closed: { summary: "only those who are named reach the bucket" } },
    monitoring: { requestsLogged: { summary: "every request is logged" } },
    protection: { lossRefused: { summary: "states are not destroyed by a slip" } },
  },
  exempt: {},
  variants: [
    {
      name: "S3",
      main: buckets,
      proofs: {
        tlsInTransit: { plainTextRefused: s3.refusesPlainText },
        encryptionAtRest: { encrypted: s3.ownKey, keyRotated: s3.keyRotated },
        authentication: { named: s3.withoutAccessLists },
        highAvailability: { severalCopies: s3.severalZones },
        backup: { versionsKept: s3.keepsVersions },
        pointInTime: { versioned: s3.versioned },
        isolation: { closed: s3.closedToThePublic },
        monitoring: { requestsLogged: s3.logsRequests },
        protection: { lossRefused: s3.lossRefused(undefined) },
      },
      facts: (own) => ({ bucket: buckets(own)[0]?.at("bucket").value }),
    },
    {
      name: "MinIO",
      main: bucketScripts,
      proofs: {
        tlsInTransit: { plainTextRefused: minio.speaksTls },
        encryptionAtRest: { encrypted: minio.encrypts, keyRotated: minio.rotatesKey },
        authentication: { named: minio.asksWho },
        highAvailability: { severalCopies: minio.severalServers },
        backup: {
          // Without a lifecycle a version is never deleted; the lifecycle would say for how long.
          versionsKept: (own) =>
            bucketScripts(own).flatMap((script) => [
              mustSay(script, "setup.sh", /^mc version enable /),
              must(script.at("data", "setup.sh"), (text) => /^mc mb /m.test(String(text)) && !/^mc ilm /m.test(String(text))),
            ]),
        },
        pointInTime: { versioned: minio.versioned },
        isolation: { closed: (own, environment) => [...namespacesDeny(own), ...peersAreNamed(own, environment)] },
        monitoring: { requestsLogged: minio.logsRequests },
        protection: { lossRefused: minio.destroyRefused },
      },
      facts: (own) => ({
        bucket: own.all("kubernetes_job_v1")[0]?.at("spec", "template", "spec", "container", 0, "env", 0, "value").value,
      }),
    },
  ],
});
