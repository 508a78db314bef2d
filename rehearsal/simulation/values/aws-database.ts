import { arn, codeAfter, generatedName, joined, nameOf, regional, regionOf, tagged, textOr } from "./aws-values";
import { always, moment, textAt, uuid, valueAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** PostgreSQL on RDS, its proxy and its backups. */
export const awsDatabase: ValueTable = {
  aws_db_instance: {
    planned: { ...regional, ...tagged },
    // The volume grows by itself: what it was made with is no wish to shrink it (the provider's source, db_instance).
    kept: { allocated_storage: hasGrown },
    applied: {
      ...generatedName("identifier"),
      ...always("", "character_set_name", "nchar_character_set_name", "timezone", "snapshot_identifier", "domain_fqdn"),
      ...always([], "listener_endpoint"),
      address,
      allocated_storage: () => 20,
      arn: (context) => arn(context, "rds", `db:${nameOf(context, "identifier")}`),
      availability_zone: (context) => `${regionOf(context)}a`,
      backup_retention_period: () => 0,
      backup_target: () => "region",
      backup_window: () => "01:00-02:00",
      ca_cert_identifier: () => "rds-ca-rsa2048-g1",
      database_insights_mode: () => "standard",
      db_name: textOr("", "db_name"),
      db_subnet_group_name: () => "default",
      endpoint: (context) => `${address(context)}:5432`,
      engine: () => "postgres",
      engine_lifecycle_support: () => "open-source-rds-extended-support",
      engine_version: actualVersion,
      engine_version_actual: actualVersion,
      hosted_zone_id: codeAfter("Z", 13, "zone"),
      id: resourceId,
      iops: () => 3000,
      kms_key_id: (context) => arn(context, "kms", `key/${uuid(context, "key")}`),
      latest_restorable_time: () => moment,
      license_model: () => "postgresql-license",
      master_user_secret: masterUserSecret,
      multi_az: () => false,
      network_type: () => "IPV4",
      option_group_name: () => "default:postgres-17",
      performance_insights_kms_key_id: () => "",
      port: () => 5432,
      replica_mode: () => "",
      replicas: () => [],
      resource_id: resourceId,
      status: () => "available",
      storage_throughput: () => 125,
      storage_type: () => "gp3",
      username: textOr("administrator", "username"),
    },
  },
  aws_db_parameter_group: {
    planned: { ...regional, ...tagged },
    applied: { ...generatedName(), id: (context) => nameOf(context), arn: (context) => arn(context, "rds", `pg:${nameOf(context)}`) },
  },
  aws_db_subnet_group: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      id: (context) => nameOf(context),
      arn: (context) => arn(context, "rds", `subgrp:${nameOf(context)}`),
      supported_network_types: () => ["IPV4"],
      vpc_id: (context) => `vpc-${context.hex(17, "vpc")}`,
    },
  },
  aws_db_proxy: {
    planned: { ...regional, ...tagged },
    applied: {
      id: (context) => nameOf(context),
      arn: (context) => arn(context, "rds", `db-proxy:prx-${context.hex(17)}`),
      endpoint: (context) => `${nameOf(context)}.proxy-${context.hex(12, "endpoint")}.${regionOf(context)}.rds.amazonaws.com`,
      default_auth_scheme: () => "NONE",
      endpoint_network_type: () => "IPV4",
      target_connection_network_type: () => "IPV4",
      idle_client_timeout: () => 1800,
      "auth.client_password_auth_type": () => "POSTGRES_SCRAM_SHA_256",
      vpc_security_group_ids: () => [],
    },
  },
  aws_db_proxy_default_target_group: {
    planned: regional,
    applied: {
      id: (context) => textAt(context, "db_proxy_name"),
      arn: (context) => arn(context, "rds", `target-group:prx-tg-${context.hex(17)}`),
      name: () => "default",
    },
  },
  aws_db_proxy_target: {
    planned: regional,
    applied: {
      id: (context) =>
        [textAt(context, "db_proxy_name"), textAt(context, "target_group_name"), "RDS_INSTANCE", targeted(context)].join("/"),
      endpoint: (context) => `${targeted(context)}.${context.hex(12)}.${regionOf(context)}.rds.amazonaws.com`,
      port: () => 5432,
      rds_resource_id: targeted,
      target_arn: () => "",
      tracked_cluster_id: () => "",
      type: () => "RDS_INSTANCE",
    },
  },
  aws_backup_vault: {
    planned: { ...regional, ...tagged },
    applied: {
      id: (context) => nameOf(context),
      arn: (context) => arn(context, "backup", `backup-vault:${nameOf(context)}`),
      recovery_points: () => 0,
    },
  },
  aws_backup_plan: {
    planned: { ...regional, ...tagged },
    applied: {
      id: (context) => uuid(context),
      arn: (context) => arn(context, "backup", `backup-plan:${uuid(context)}`),
      "rule.lifecycle.opt_in_to_archive_for_supported_resources": () => false,
      version: (context) => context.hex(32, "version"),
    },
    renewed: ["version"],
    renewedWithout: ["tags", "tags_all"],
  },
  aws_backup_selection: { planned: regional, applied: { id: (context) => uuid(context), not_resources: () => [] } },
  aws_secretsmanager_secret_rotation: {
    planned: regional,
    applied: { id: joined("", "secret_id"), rotation_enabled: () => true },
  },
  aws_cloudwatch_log_resource_policy: { planned: regional, applied: { id: joined("", "policy_name") } },
};

function address(context: ValueContext): string {
  return `${nameOf(context, "identifier")}.${context.hex(12, "endpoint")}.${regionOf(context)}.rds.amazonaws.com`;
}

/** By which IAM and Performance Insights know an instance. */
function resourceId(context: ValueContext): string {
  return String(codeAfter("db-", 26)(context));
}

/** The newest minor version that there is of what was asked for. */
function actualVersion(context: ValueContext): string {
  const asked = textAt(context, "engine_version") ?? "17";
  return asked.includes(".") ? asked : `${asked}.6`;
}

/** What RDS keeps where it makes up the administrator's password: it names the secret. */
function masterUserSecret(context: ValueContext): readonly object[] {
  if (valueAt(context, "manage_master_user_password") !== true) return [];
  const name = `rds!db-${uuid(context, "secret")}-${context.hex(6, "suffix")}`;
  const kmsKeyId = textAt(context, "master_user_secret_kms_key_id") ?? "";
  return [{ kms_key_id: kmsKeyId, secret_arn: arn(context, "secretsmanager", `secret:${name}`), secret_status: "active" }];
}

function hasGrown(context: ValueContext): boolean {
  const asked = Number(valueAt(context, "allocated_storage"));
  return Number(context.prior?.allocated_storage) > asked && Number(valueAt(context, "max_allocated_storage") ?? 0) > asked;
}

function targeted(context: ValueContext): string {
  return textAt(context, "db_instance_identifier") ?? "";
}
