import { applicationName } from "../../constructs/database/database";
import { defineCapability, type Proof } from "../capability";
import { is, isAbsent, matches, must, mustBeAtLeast, refersTo, type Finding } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { alarmsFor, alarmsTellTopic, inDataSubnets, onlyClusterAdmitted } from "../proofs/aws";
import { prometheusRuns, rulesFor, volumeKeysRotated, volumesEncrypted } from "../proofs/cluster";
import { bucketScripts, minio } from "../proofs/minio";
import { denied, peersNamed } from "../proofs/namespaces";
import { destroyRefused, required, rotatedKey } from "../proofs/required";
import { variable } from "../workload-variables";

/** Servers of RDS, primary and replicas. */
const instances = (own: Parts) => own.all("aws_db_instance");
const isReplica = (instance: Place) => instance.at("replicate_source_db").value !== undefined;
const primaries = (own: Parts) => instances(own).filter((instance) => !isReplica(instance));
const parameter = (group: Place, name: string) =>
  group
    .at("parameter")
    .item((one) => one.at("name").value === name)
    .at("value");
const groups = (own: Parts) => own.all("aws_db_parameter_group");

/** Clusters of CloudNativePG. */
const clusters = (own: Parts) => own.manifests("Cluster");
const storageClasses = (own: Parts) => clusters(own).map((cluster) => cluster.at("spec", "storage", "storageClass"));
const days = (text: unknown) => Number(/^(\d+)d$/.exec(String(text))?.[1]);

/** What workloads are told is the same on every target. */
const clientsAskForTls: Proof = (_, environment) => [
  must(environment.output("database_url"), matches(/\?sslmode=(require|verify-full)$/)),
  must(variable(environment, "DATABASE_URL"), matches(/\?sslmode=(require|verify-full)$/)),
];
const applicationUser: Proof = (_, environment) => [
  must(environment.output("database_user"), is(applicationName)),
  must(variable(environment, "DATABASE_USER"), is(applicationName)),
];
const passwordFromStore: Proof = (_, environment) => [
  must(environment.output("database_secret"), matches(/./)),
  must(variable(environment, "DATABASE_PASSWORD"), matches(/^\{\{ \.\w+ \}\}$/)),
  must(variable(environment, "DATABASE_URL"), matches(/^postgresql:\/\/\w+:\{\{ \.\w+ \}\}@/)),
];

/** PostgreSQL. */
export const database = defineCapability({
  name: "database",
  constructs: ["data/Database", "data/DatabaseNamespace"],
  outputs: {
    database_host: "string",
    database_port: "number",
    database_name: "string",
    database_user: "string",
    database_url: "string",
    database_secret: "string",
  },
  claims: {
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
    isolation: {
      denied: { summary: "pods of its namespace talk to nobody by default" },
      peersNamed: { summary: "whatever lets them talk says with whom" },
      onlyCluster: { summary: "it is reached from the cluster only" },
    },
    monitoring: {
      watched: { summary: "everything in constructs/monitoring/watches.ts is watched" },
      told: { summary: "somebody is told" },
      slowQueriesLogged: { summary: "slow statements are logged" },
    },
    protection: {
      destroyRefused: { summary: "it is not destroyed by a slip" },
      backupsOutlive: { summary: "backups outlive it" },
    },
  },
  exempt: {},
  variants: [
    {
      name: "RDS",
      main: primaries,
      proofs: {
        tlsInTransit: {
          plainTextRefused: (own) => [
            ...instances(own).map((instance) => must(instance.at("parameter_group_name"), refersTo("aws_db_parameter_group"))),
            ...groups(own).map((group) => must(parameter(group, "rds.force_ssl"), is("1"))),
            ...own.all("aws_db_proxy").map((proxy) => must(proxy.at("require_tls"), is(true))),
          ],
          clientsAskForTls,
        },
        encryptionAtRest: {
          volumeEncrypted: (own) => instances(own).map((instance) => must(instance.at("storage_encrypted"), is(true))),
          keyRotated: (own, environment) =>
            primaries(own).flatMap((instance) => [
              must(instance.at("kms_key_id"), refersTo("aws_kms_key")),
              ...rotatedKey(instance.at("kms_key_id"), environment),
            ]),
          // Backups of RDS are encrypted as the volume is; a vault has a key of its own.
          backupsEncrypted: (own) => [
            ...primaries(own).map((instance) => must(instance.at("storage_encrypted"), is(true))),
            ...own.all("aws_backup_vault").map((vault) => must(vault.at("kms_key_arn"), refersTo("aws_kms_key"))),
          ],
        },
        authentication: {
          passwordsHashed: (own) => groups(own).map((group) => must(parameter(group, "rds.accepted_password_auth_method"), is("scram"))),
          administratorGenerated: (own) =>
            primaries(own).flatMap((instance) => [
              must(instance.at("manage_master_user_password"), is(true)),
              must(instance.at("master_user_secret_kms_key_id"), refersTo("aws_kms_key")),
              must(instance.at("password"), isAbsent),
            ]),
          applicationUser,
          passwordFromStore,
        },
        highAvailability: {
          standby: (own) =>
            primaries(own).map((instance) => {
              const isMultiZone = instance.at("multi_az").value === true;
              return { place: instance.at("multi_az"), met: isMultiZone, degree: instances(own).length + (isMultiZone ? 1 : 0) };
            }),
        },
        backup: {
          kept: (own) =>
            primaries(own).flatMap((instance) => [
              mustBeAtLeast(1, instance.at("backup_retention_period")),
              must(instance.at("backup_window"), matches(/^\d\d:\d\d-\d\d:\d\d$/)),
            ]),
          archived: (own) =>
            own
              .all("aws_backup_plan")
              .flatMap((plan) => [
                mustBeAtLeast(36, plan.at("rule", 0, "lifecycle", "delete_after")),
                ...required(plan, own.of("aws_backup_selection", ["plan_id"], plan), "selection", (selection) => [
                  must(selection.at("resources", 0), refersTo("aws_db_instance")),
                ]),
              ]),
        },
        pointInTime: { logKept: (own) => primaries(own).map((instance) => mustBeAtLeast(1, instance.at("backup_retention_period"))) },
        isolation: {
          denied,
          peersNamed,
          onlyCluster: (own, environment) => [
            ...instances(own).map((instance) => must(instance.at("publicly_accessible"), is(false))),
            ...instances(own).map((instance) => must(instance.at("vpc_security_group_ids", 0), refersTo("aws_security_group"))),
            ...primaries(own).map((instance) => must(instance.at("db_subnet_group_name"), refersTo("aws_db_subnet_group"))),
            ...inDataSubnets(own.all("aws_db_subnet_group"), environment),
            ...onlyClusterAdmitted(own, environment),
          ],
        },
        monitoring: {
          watched: (own) => alarmsFor("database", own, instances(own).some(isReplica) ? [] : ["replicationLag"]),
          told: alarmsTellTopic,
          slowQueriesLogged: (own) => [
            ...groups(own).map((group) => mustBeAtLeast(1, parameter(group, "log_min_duration_statement"))),
            ...instances(own).map((instance) => must(instance.at("enabled_cloudwatch_logs_exports", 0), is("postgresql"))),
          ],
        },
        protection: {
          destroyRefused: (own) =>
            primaries(own).flatMap((instance) => [destroyRefused(instance), must(instance.at("deletion_protection"), is(true))]),
          backupsOutlive: (own) =>
            primaries(own).flatMap((instance) => [
              must(instance.at("skip_final_snapshot"), is(false)),
              must(instance.at("final_snapshot_identifier"), matches(/\$\{random_id\./)),
              must(instance.at("delete_automated_backups"), is(false)),
            ]),
        },
      },
      facts: (own) => {
        const [instance] = primaries(own);
        return {
          version: instance?.at("engine_version").value,
          class: instance?.at("instance_class").value,
          "volume, GiB": instance?.at("allocated_storage").value,
          "volume may grow to, GiB": instance?.at("max_allocated_storage").value,
          replicas: instances(own).filter(isReplica).length,
          pooling: own.all("aws_db_proxy").length > 0 ? "RDS Proxy" : "none",
          insights: instance?.at("database_insights_mode").value,
          "measured every, seconds": instance?.at("monitoring_interval").value,
          "logs kept, days": own.all("aws_cloudwatch_log_group")[0]?.at("retention_in_days").value,
        };
      },
    },
    {
      name: "CloudNativePG",
      main: clusters,
      proofs: {
        tlsInTransit: {
          plainTextRefused: (own) => [
            ...clusters(own).map((cluster) => must(cluster.at("spec", "postgresql", "pg_hba", 0), is("hostnossl all all all reject"))),
            ...own
              .manifests("Pooler")
              .map((pooler) => must(pooler.at("spec", "pgbouncer", "parameters", "client_tls_sslmode"), is("require"))),
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
          watched: (own) =>
            rulesFor(
              "database",
              own,
              clusters(own).some((cluster) => Number(cluster.at("spec", "instances").value) > 1) ? [] : ["replicationLag"],
            ),
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
    },
  ],
});

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
