import type { Construct, IConstruct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { IWorkloadIdentity } from "../identity/workload-identity";

/** Buckets that speak S3: S3 itself in the cloud, MinIO on the laptop. */
export interface IObjectStore extends IConstruct, Installed {
  /** URL of the S3 API, as pods see it. */
  readonly endpoint: string;
  readonly region: string;
  /**
   * A bucket by the name that the environment gives it.
   * @throws ConfigurationError when there is none
   */
  bucket(name: string): IBucket;
  /** Makes a bucket for another part of the caller's stack. Its name is not the environment's to choose. */
  createBucket(scope: Construct, id: string, intent: BucketIntent): IBucket;
}

/** A bucket. It is reached with the identity of the workload: `identity.paths` are the way there, and rights are granted to it. */
export interface IBucket extends Installed {
  /** Physical name. */
  readonly bucketName: string;
  /** URL of the S3 API, and the region, for those who only get to know the bucket. */
  readonly endpoint: string;
  readonly region: string;
  /**
   * Lets a workload list and read.
   * @param id of the permission, unique in the identity
   */
  grantRead(identity: IWorkloadIdentity, id: string): void;
  /**
   * Lets a workload list, read, write and delete; versions stay out of its reach.
   * @param id of the permission, unique in the identity
   */
  grantReadWrite(identity: IWorkloadIdentity, id: string): void;
}

/** What a bucket is for. */
export type BucketIntent = Environment["objectStore"]["buckets"][number];

export interface ObjectStoreProps {
  readonly setting: PlatformSetting;
  /**
   * What is kept, as an environment has one store of each: objects of workloads, or what the environment tells about itself. That is not
   * copied into another region: it is of use for days, and where it is from.
   * @default objects
   */
  readonly purpose?: "objects" | "telemetry";
  /** Buckets that are made. */
  readonly buckets: readonly BucketIntent[];
}
