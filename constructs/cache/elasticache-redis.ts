import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup, type ElasticacheReplicationGroupConfig } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { Id } from "@cdktf/provider-random/lib/id";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { Path, Pods } from "../connections/path";
import { allowLogGroup } from "../encryption/encrypted-log-group";
import { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { engines } from "../ledger/engines";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { CloudWatchAlarms } from "../monitoring/cloudwatch-alarms";
import type { IAwsNetwork } from "../network/aws-network";
import { keptByAws } from "../secrets/kept-by-aws";
import type { SecretReference } from "../secrets/secret-store";
import type { AwsGeneratedSecret } from "../secrets/secrets-manager-store";
import { ConfigurationError } from "../shared/errors";
import { dailyHour, weeklyHour } from "../shared/hour-windows";
import { awsNames } from "../shared/naming";
import { cachePort, cacheUserName, type CacheProps, type ICache } from "./cache";
import { CacheBenchmark } from "./cache-benchmark";
import { elasticacheMetrics, elasticacheShards } from "./elasticache-metrics";
import { elasticacheNodeTypes, nodeTypeOfSize, type ElastiCacheNodeType } from "./elasticache-node-types";
import { ElastiCachePlace } from "./elasticache-place";
import { elasticacheTopology } from "./elasticache-topology";
import { ElastiCacheUsers } from "./elasticache-users";
import { ElastiCacheWatch } from "./elasticache-watch";
import { metricsUserName } from "./redis-exporter";

export interface ElastiCacheRedisProps extends Omit<CacheProps, "cluster" | "network" | "issuer"> {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
  readonly network: IAwsNetwork;
}

/** Versions, with the families of their parameter groups (elasticache:DescribeCacheEngineVersions). */
const versions = {
  valkey: { entry: engines.valkey["8.1"], family: "valkey8" },
  redis: { entry: engines.redis["7.1"], family: "redis7" },
} as const;

/** What ElastiCache writes to CloudWatch. */
const logs = ["engine-log", "slow-log"] as const;

/**
 * Valkey or Redis on ElastiCache: a replication group, whatever the topology. Nothing outlives its nodes but snapshots: ElastiCache keeps no
 * log of writes. It tells of its own events through no topic: it takes none that is encrypted.
 */
export class ElastiCacheRedis extends Construct implements ICache, Recorded {
  readonly host: string;
  readonly port = cachePort;
  readonly userName = cacheUserName;
  readonly credentialsSecret: SecretReference;
  readonly clustered: boolean;
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries;
  /** Escape hatch. */
  readonly resource: ElasticacheReplicationGroup;

  /** @throws ConfigurationError when the secret store is not one of AWS, or ElastiCache has no nodes of the type */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ElastiCacheRedisProps,
  ) {
    super(scope, id);
    const { cluster, environment, intent, name, namespace, network, secretStore, setting } = props;
    const names = awsNames(environment);
    const groupId = names.cache(name);
    this.clustered = intent.topology.kind === "clustered";
    this.ledgerEntries = { [intent.engine]: versions[intent.engine].entry };
    const application = keptByAws(
      secretStore.generate(this, "ApplicationPassword", `${name}-app`, { username: cacheUserName }),
      this.node.path,
    );
    this.credentialsSecret = application;
    const metrics = this.metricsPassword();
    const users = new ElastiCacheUsers(this, "Users", {
      ...{ environment, engine: intent.engine, name, password: application.password },
      ...(metrics ? { metricsPassword: metrics.password } : {}),
    });
    const key = new KmsEncryptionKey(this, "Key", {
      environment,
      alias: names.keyAlias(name),
      description: `Cache ${groupId}, its logs and its snapshots`,
      statements: [allowLogGroup(environment, names.cacheLogGroup(name, "*"))],
      preventDestroy: !environment.disposable,
    });
    const place = new ElastiCachePlace(this, "Place", { cluster, network, name: groupId });
    const nodeType = this.nodeType();
    this.resource = new ElasticacheReplicationGroup(this, "Resource", {
      replicationGroupId: groupId,
      description: `Cache of ${names.prefix}`,
      engine: intent.engine,
      engineVersion: versions[intent.engine].entry.version,
      nodeType: nodeType.name,
      port: cachePort,
      ...elasticacheTopology(intent.topology),
      ...this.encryption(key),
      ...this.upkeep(groupId),
      parameterGroupName: this.parameterGroup(groupId).name,
      subnetGroupName: place.subnetGroup.name,
      securityGroupIds: [place.securityGroup.id],
      userGroupIds: [users.resource.userGroupId],
      logDeliveryConfiguration: this.logDelivery(key),
      lifecycle: { preventDestroy: !environment.disposable },
    });
    this.host = this.clustered ? this.resource.configurationEndpointAddress : this.resource.primaryEndpointAddress;
    this.installed = [this.resource, ...place.installed, ...application.installed];
    this.watch(groupId, nodeType);
    if (metrics) {
      new ElastiCacheWatch(this, "Watch", {
        ...{ setting, environment, cluster, secretStore, namespace, name, nodeType, password: metrics },
        host: this.host,
        group: groupId,
        topology: intent.topology,
        requires: [this],
      });
    }
    new CacheBenchmark(this, "Benchmark", { setting, secretStore, cache: this, namespace, name });
  }

  paths(pods: Pods): readonly Path[] {
    return [
      { from: pods, to: "dns" },
      { from: pods, to: "data-stores", ports: [{ port: this.port }] },
    ];
  }

  /** Of the user who asks how the cache does, where somebody wants to know. */
  private metricsPassword(): AwsGeneratedSecret | undefined {
    const { environment, name, secretStore } = this.props;
    if (!environment.monitoring) return undefined;
    const beside = { username: metricsUserName };
    return keptByAws(secretStore.generate(this, "MetricsPassword", `${name}-metrics`, beside), this.node.path);
  }

  private nodeType(): ElastiCacheNodeType & { readonly name: string } {
    const { environment, intent } = this.props;
    const name = environment.elasticache.nodeType ?? nodeTypeOfSize[intent.size];
    const type = elasticacheNodeTypes[name];
    if (type) return { ...type, name };
    const limit = `a type that ElastiCache has for Valkey and Redis, e.g. ${nodeTypeOfSize.medium}`;
    throw new ConfigurationError([{ path: this.node.path, field: "nodeType", value: name, limit, fix: "choose another" }]);
  }

  private encryption(key: KmsEncryptionKey): Partial<ElasticacheReplicationGroupConfig> {
    return {
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: "true",
      kmsKeyId: key.arn,
    };
  }

  /** A plan must not want an older version back: a minor version that ElastiCache put in goes into `versions` before the next deployment. */
  private upkeep(groupId: string): Partial<ElasticacheReplicationGroupConfig> {
    const { environment, intent } = this.props;
    return {
      autoMinorVersionUpgrade: "true",
      applyImmediately: false,
      maintenanceWindow: weeklyHour(intent.maintenance),
      snapshotWindow: dailyHour(intent.snapshotAt),
      snapshotRetentionLimit: intent.snapshotRetentionDays,
      ...(environment.disposable
        ? {}
        : { finalSnapshotIdentifier: `${groupId}-final-${new Id(this, "FinalSnapshot", { byteLength: 4 }).hex}` }),
    };
  }

  private parameterGroup(groupId: string): ElasticacheParameterGroup {
    const { environment, intent, name } = this.props;
    const { family } = versions[intent.engine];
    return new ElasticacheParameterGroup(this, "ParameterGroup", {
      name: awsNames(environment).cacheParameterGroup(name, this.clustered ? `${family}-cluster` : family),
      description: `${intent.engine} of ${groupId}`,
      family,
      parameter: [
        // Not what is so by default: Terraform sees nothing of that in a group, and would want it again and again.
        ...(intent.evictionPolicy === "volatile-lru" ? [] : [{ name: "maxmemory-policy", value: intent.evictionPolicy }]),
        ...(this.clustered ? [{ name: "cluster-enabled", value: "yes" }] : []),
      ],
      lifecycle: { createBeforeDestroy: true }, // the nodes leave the old group only when there is another
    });
  }

  private logDelivery(key: KmsEncryptionKey) {
    const { environment, name } = this.props;
    return logs.map((log) => {
      const group = new CloudwatchLogGroup(this, `Logs-${log}`, {
        name: awsNames(environment).cacheLogGroup(name, log),
        retentionInDays: environment.elasticache.logRetentionDays,
        kmsKeyId: key.arn,
      });
      return { logType: log, logFormat: "json", destinationType: "cloudwatch-logs", destination: group.name };
    });
  }

  private watch(groupId: string, type: ElastiCacheNodeType): void {
    const { environment, intent } = this.props;
    for (const shard of elasticacheShards(groupId, intent.topology)) {
      const id = `Alarms${shard.name.slice(groupId.length)}`;
      new CloudWatchAlarms(this, id, { environment, subject: "cache", name: shard.name, metrics: elasticacheMetrics(shard, type) });
    }
  }
}
