import type { Variant } from "../capability";
import { is, isAbsent, matches, must, mustBeAtLeast, type Finding } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { prometheusRuns, rulesFor, volumeKeysRotated, volumesEncrypted } from "../proofs/cluster";
import { bucketScripts, minio } from "../proofs/minio";
import { denied, peersNamed } from "../proofs/namespaces";
import { destroyRefused, required } from "../proofs/required";
import { applicationUser, clientsAskForTls, passwordFromStore, type databaseClaims } from "./database-claims";

/** Clusters of CloudNativePG. */
const clusters = (own: Parts) => own.manifests("Cluster");
const storageClasses = (own: Parts) => clusters(own).map((cluster) => cluster.at("spec", "storage", "storageClass"));
const days = (text: unknown) => Number(/^(\d+)d$/.exec(String(text))?.[1]);

/** PostgreSQL by CloudNativePG. */
export const cloudNativePg: Variant<typeof databaseClaims> = {
  name: "CloudNativePG",
  main: clusters,
  proofs: {
    tlsInTransit: {
      plainTextRefused: (own) => [
        ...clusters(own).map((cluster) => must(cluster.at("spec", "postgresql", "pg_hba", 0), is("hostnossl all all all reject"))),
        ...own.manifests("Pooler").map((pooler) => must(pooler.at("spec", "pgbouncer", "parameters", "client_tls_sslmode"), is("require"))),
      ],
      clientsAskForTls,
    },
    encryptionAtRest: {
      volumeEncrypted: (own, environment) => volumesEncrypted(storageClasses(own), environment),
      keyRotated: (own, environment) => volumeKeysRotated(storageClasses(own), environment),
      backupsEncrypted: (own, environment) => (bucketScripts(own).length === 0 ? [] : minio.encrypts(own, environment)),
    },
    authentication: {
      passwordsHashed: (own) =>
        clusters(own).flatMap((cluster) => [
          must(cluster.at("spec", "postgresql", "pg_hba", 1), is("hostssl all all all scram-sha-256")),
          must(cluster.at("spec", "postgresql", "parameters", "password_encryption"), is("scram-sha-256")),
        ]),
      administratorGenerated: (own) =>
        clusters(own).flatMap((cluster) => [
          must(cluster.at("spec", "enableSuperuserAccess"), is(false)),
          must(cluster.at("spec", "bootstrap", "initdb", "secret", "name"), isCopied(own)),
        ]),
      applicationUser,
      passwordFromStore,
    },
    highAvailability: { standby: (own) => clusters(own).map((cluster) => mustBeAtLeast(2, cluster.at("spec", "instances"))) },
    backup: { kept, archived: () => [] },
    pointInTime: {
      logKept: (own) => [
        ...clusters(own).flatMap((cluster) => {
          const plugin = cluster.at("spec", "plugins", 0);
          return [must(plugin.at("isWALArchiver"), is(true)), must(plugin.at("parameters", "barmanObjectName"), isStore(own))];
        }),
        ...own.manifests("ObjectStore").map((store) => mustBeAtLeast(1, store.at("spec", "retentionPolicy"), days)),
      ],
    },
    isolation: {
      denied,
      peersNamed,
      // Services of the operator have addresses within the cluster; others would stand here.
      onlyCluster: (own) => clusters(own).map((cluster) => must(cluster.at("spec", "managed"), isAbsent)),
    },
    monitoring: {
      watched: (own) => rulesFor("database", own),
      told: (_, environment) => prometheusRuns(environment),
      slowQueriesLogged: (own) =>
        clusters(own).map((cluster) =>
          must(cluster.at("spec", "postgresql", "parameters", "log_min_duration_statement"), matches(/^[1-9]\d*ms$/)),
        ),
    },
    protection: {
      destroyRefused: (own) => releasesOf(own).map(destroyRefused),
      // Barman's bucket is none of Terraform's resources: it stays.
      backupsOutlive: (own) =>
        own.manifests("ObjectStore").map((store) => must(store.at("spec", "configuration", "destinationPath"), matches(/^s3:\/\/./))),
    },
  },
  facts: (own) => {
    const [cluster] = clusters(own);
    return {
      version: cluster?.at("spec", "imageName").value,
      instances: cluster?.at("spec", "instances").value,
      volume: cluster?.at("spec", "storage", "size").value,
      memory: cluster?.at("spec", "resources", "limits", "memory").value,
      pooling: own.manifests("Pooler").length > 0 ? "PgBouncer" : "none",
    };
  },
};

function kept(own: Parts): readonly Finding[] {
  return [
    ...own.manifests("ObjectStore").map((store) => mustBeAtLeast(1, store.at("spec", "retentionPolicy"), days)),
    ...clusters(own).flatMap((cluster) =>
      required(cluster, own.manifests("ScheduledBackup"), "scheduled backup", (backup) => [
        must(backup.at("spec", "schedule"), matches(/^\S+( \S+){5}$/)),
        must(backup.at("spec", "cluster", "name"), is(cluster.at("metadata", "name").value)),
      ]),
    ),
  ];
}

/** The Secret is a copy of what the environment's store has. */
function isCopied(own: Parts) {
  const copies = own.manifests("ExternalSecret").map((copy) => copy.at("spec", "target", "name").value);
  return (name: unknown) => copies.includes(name);
}

function isStore(own: Parts) {
  const stores = own.manifests("ObjectStore").map((store) => store.at("metadata", "name").value);
  return (name: unknown) => stores.includes(name);
}

/** Releases that hold servers. */
function releasesOf(own: Parts): readonly Place[] {
  return own.all("helm_release").filter((release) => clusters(own).some((cluster) => cluster.steps[2] === release.steps[2]));
}
