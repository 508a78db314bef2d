import type { Variant } from "../capability";
import { is, isAbsent, matches, must, mustBeAtLeast, refersTo, type Finding } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { alarmsFor, alarmsTellTopic, inDataSubnets, onlyClusterAdmitted } from "../proofs/aws";
import { denied, peersNamed } from "../proofs/namespaces";
import { destroyRefused, required, rotatedKey } from "../proofs/required";
import { applicationUser, clientsAskForTls, passwordFromStore, type databaseClaims } from "./database-claims";

/** Servers of RDS, primary and replicas. */
const instances = (own: Parts) => own.all("aws_db_instance");
const isReplica = (instance: Place) => instance.at("replicate_source_db").value !== undefined;
const primaries = (own: Parts) => instances(own).filter((instance) => !isReplica(instance));
const parameter = (group: Place, name: string) =>
  group
    .at("parameter")
    .item((one) => one.at("name").value === name)
    .at("value");
const groupOf = (own: Parts, instance: Place) => own.follow(instance.at("parameter_group_name"));

/** RDS makes up the password, or Terraform does where RDS cannot: for a server with replicas. */
function administrator(instance: Place, own: Parts): readonly Finding[] {
  if (!instances(own).some(isReplica)) {
    return [
      must(instance.at("manage_master_user_password"), is(true)),
      must(instance.at("master_user_secret_kms_key_id"), refersTo("aws_kms_key")),
      must(instance.at("password"), isAbsent),
    ];
  }
  return [must(instance.at("password"), refersTo("random_password")), mustBeAtLeast(16, own.follow(instance.at("password")).at("length"))];
}

/** PostgreSQL on RDS. */
export const rds: Variant<typeof databaseClaims> = {
  name: "RDS",
  main: primaries,
  proofs: {
    tlsInTransit: {
      plainTextRefused: (own) => [
        ...instances(own).map((instance) => must(parameter(groupOf(own, instance), "rds.force_ssl"), is("1"))),
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
        ...own
          .all("aws_backup_plan")
          .map((plan) => must(own.follow(plan.at("rule", 0, "target_vault_name")).at("kms_key_arn"), refersTo("aws_kms_key"))),
      ],
    },
    authentication: {
      passwordsHashed: (own) =>
        instances(own).map((instance) => must(parameter(groupOf(own, instance), "rds.accepted_password_auth_method"), is("scram"))),
      administratorGenerated: (own) => primaries(own).flatMap((instance) => administrator(instance, own)),
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
        ...instances(own).flatMap((instance) => onlyClusterAdmitted(instance.at("vpc_security_group_ids", 0), own, environment)),
        ...primaries(own).flatMap((instance) => inDataSubnets(instance.at("db_subnet_group_name"), own, environment)),
      ],
    },
    monitoring: {
      watched: (own) => alarmsFor("database", primaries(own)[0], own, instances(own).some(isReplica) ? [] : ["replicationLag"]),
      told: alarmsTellTopic,
      slowQueriesLogged: (own) => [
        ...instances(own).map((instance) => mustBeAtLeast(1, parameter(groupOf(own, instance), "log_min_duration_statement"))),
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
};
