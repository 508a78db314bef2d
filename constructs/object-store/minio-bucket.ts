import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import type { PlatformSetting } from "../addons/platform-setting";
import { NetworkPolicies } from "../connections/network-policies";
import type { PolicyStatement } from "../identity/policy-document";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { requireName } from "../shared/kubernetes-names";
import { localNames } from "../shared/naming";
import { minioCredentialsName, minioPaths, minioRegion, minioUrl, stateStoreNamespace } from "../state/minio";
import { MinioJob, untilReady } from "../state/minio-job";
import { corsRules, corsXml } from "./bucket-cors";
import { readStatements, readWriteStatements } from "./bucket-grants";
import { retentionMode } from "./bucket-retention";
import type { BucketIntent, IBucket } from "./object-store";

export interface MinioBucketProps {
  readonly environment: LocalEnvironment;
  readonly setting: PlatformSetting;
  readonly intent: BucketIntent;
}

/**
 * Bucket of MinIO, made by a job. Objects do not move to an archive and are not tiered, for want of cheaper disks: they are read in the
 * same way as before, as they are in the classes of S3 that ours move to. Without its job the bucket stays, with what is in it.
 */
export class MinioBucket extends Construct implements IBucket {
  readonly bucketName: string;
  readonly endpoint = minioUrl;
  readonly region = minioRegion;
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly job: MinioJob;
  private readonly arn: string;

  constructor(scope: Construct, id: string, { environment, setting, intent }: MinioBucketProps) {
    super(scope, id);
    this.bucketName = localNames(environment).bucket(intent.name);
    this.arn = `arn:aws:s3:::${this.bucketName}`;
    const name = requireName(this, "name", `bucket-${intent.name}`, "service");
    const policies = new NetworkPolicies(this, "Paths", {
      owner: name,
      places: setting.places,
      paths: minioPaths({ namespace: stateStoreNamespace, labels: { app: name } }),
    });
    this.job = new MinioJob(this, "Job", {
      name,
      namespace: stateStoreNamespace,
      image: environment.stateStore.image,
      credentialsSecretName: minioCredentialsName,
      ...setup(environment, intent),
      variables: [{ name: "BUCKET", value: this.bucketName }],
      dependsOn: policies.resources,
    });
    this.installed = this.job.installed;
  }

  grantRead(identity: IWorkloadIdentity, id: string): void {
    identity.allow(id, ...readStatements(this.arn), ...this.denyVersions());
  }

  grantReadWrite(identity: IWorkloadIdentity, id: string): void {
    identity.allow(id, ...readWriteStatements(this.arn), ...this.denyVersions());
  }

  /**
   * Who may read or delete an object may do so with its versions, unless MinIO is told otherwise; it lists them to whoever lists objects.
   * A request that asks for no version asks for an empty one.
   */
  private denyVersions(): readonly PolicyStatement[] {
    const objects = { Effect: "Deny", Resource: [`${this.arn}/*`] } as const;
    return [
      { Sid: "NoOldReads", ...objects, Action: ["s3:GetObject"], Condition: { StringNotEquals: { "s3:versionid": "" } } },
      { Sid: "NoOldDeletes", ...objects, Action: ["s3:DeleteObjectVersion"] },
    ];
  }
}

/** What makes the bucket, and makes it anew as it should be: every step may be repeated. */
function setup(environment: LocalEnvironment, intent: BucketIntent) {
  const { retentionDays } = intent;
  const rules = corsRules(intent);
  const script = [
    untilReady,
    `mc mb --ignore-existing ${retentionDays === undefined ? "" : "--with-lock "}"store/$BUCKET"`,
    `mc version enable "store/$BUCKET"`,
    `mc encrypt set sse-s3 "store/$BUCKET"`,
    `mc ilm rule import "store/$BUCKET" </setup/lifecycle.json`,
    ...(retentionDays === undefined ? [] : [`mc retention set --default ${retentionMode(environment)} ${retentionDays}d "store/$BUCKET"`]),
    rules.length === 0
      ? // A server that knows no CORS of buckets has none to remove.
        `case "$(mc cors get "store/$BUCKET" 2>/dev/null)" in *AllowedOrigin*) mc cors remove "store/$BUCKET" ;; esac`
      : `mc cors set "store/$BUCKET" /setup/cors.xml`,
    "",
  ].join("\n");
  const lifecycle = JSON.stringify({ Rules: [lifecycleRule(intent)] });
  return { script, files: { "lifecycle.json": lifecycle, ...(rules.length === 0 ? {} : { "cors.xml": corsXml(rules) }) } };
}

/** As on S3. Uploads that nobody finishes are removed by the server itself, after a day. */
function lifecycleRule({ expireAfterDays, keepVersionsDays }: BucketIntent): object {
  return {
    ID: "objects",
    Status: "Enabled",
    Filter: { Prefix: "" },
    Expiration: expireAfterDays === undefined ? { ExpiredObjectDeleteMarker: true } : { Days: expireAfterDays },
    NoncurrentVersionExpiration: { NoncurrentDays: keepVersionsDays },
  };
}
