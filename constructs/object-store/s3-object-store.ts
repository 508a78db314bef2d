import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { SignalRules } from "../monitoring/signal-rules";
import { monitoringNamespace } from "../monitoring/telemetry";
import { awsNames } from "../shared/naming";
import { AccessLogBucket } from "./access-log-bucket";
import { NamedBuckets } from "./named-buckets";
import type { BucketIntent, IObjectStore, ObjectStoreProps } from "./object-store";
import { S3Replication } from "./s3-replication";
import { measureBucket, s3Signals } from "./s3-signals";
import { WorkloadBucket } from "./workload-bucket";

export interface S3ObjectStoreProps extends ObjectStoreProps {
  readonly environment: AwsEnvironment;
}

/**
 * Buckets of S3. They share one key, as a key of each would keep nothing apart that is not apart already: a grant names the bucket in
 * the key's encryption context. They share one bucket for access logs, too.
 */
export class S3ObjectStore extends Construct implements IObjectStore {
  readonly endpoint: string;
  readonly region: string;
  /** Escape hatch. */
  readonly key: KmsEncryptionKey;
  /** Escape hatch. */
  readonly accessLogs: AccessLogBucket;
  private readonly buckets = new NamedBuckets<WorkloadBucket>(this);
  private readonly replication: S3Replication | undefined;
  private readonly props: S3ObjectStoreProps;

  constructor(scope: Construct, id: string, props: S3ObjectStoreProps) {
    super(scope, id);
    this.props = props;
    const { environment, buckets, purpose = "objects" } = props;
    const { region, s3 } = environment;
    const names = awsNames(environment);
    this.region = region;
    this.endpoint = `https://s3.${region}.amazonaws.com`;
    this.key = new KmsEncryptionKey(this, "Key", {
      environment,
      alias: names.keyAlias(purpose),
      description: `${purpose === "objects" ? "Objects" : "Telemetry"} of ${names.prefix}`,
      preventDestroy: !environment.disposable,
    });
    this.accessLogs = new AccessLogBucket(this, "AccessLogs", {
      environment,
      bucketName: purpose === "objects" ? names.bucketLogBucket : names.telemetryLogBucket,
    });
    if (s3.replication && purpose === "objects") {
      this.replication = new S3Replication(this, "Replication", { environment, keyArn: this.key.arn, target: s3.replication });
    }
    for (const intent of buckets) this.createBucket(this, `Bucket-${intent.name}`, intent);
    if (this.isMeasured()) this.watch(environment);
  }

  get installed(): readonly ITerraformDependable[] {
    return this.buckets.all().flatMap(({ installed }) => installed);
  }

  bucket(name: string): WorkloadBucket {
    return this.buckets.get(name);
  }

  createBucket(scope: Construct, id: string, intent: BucketIntent): WorkloadBucket {
    const { endpoint, key, accessLogs, replication } = this;
    const { environment } = this.props;
    if (this.isMeasured()) measureBucket(this, environment, intent);
    return this.buckets.add(
      intent.name,
      () => new WorkloadBucket(scope, id, { environment, intent, endpoint, key, accessLogs, ...(replication ? { replication } : {}) }),
    );
  }

  /** What measures is beside the objects of workloads: what else is kept comes before it. */
  private isMeasured(): boolean {
    const { environment, purpose = "objects" } = this.props;
    return environment.monitoring && purpose === "objects";
  }

  private watch(environment: AwsEnvironment): void {
    new SignalRules(this, "Rules", {
      ...{ environment, namespace: monitoringNamespace, subject: "objectStore", name: "object-store" },
      expressions: s3Signals,
      requires: [],
    });
  }
}
