import type { IConstruct } from "constructs";

/** Where Terraform keeps an environment's state: an S3 bucket in the cloud, MinIO on the laptop. */
export interface IStateStore extends IConstruct {
  /** Bucket of the states, one object for each layer. */
  readonly bucketName: string;
  /** URL of the S3 API; undefined where AWS's own is meant. */
  readonly endpoint?: string;
  /** What backends sign in with; undefined where they use the caller's own identity. */
  readonly credentials?: StateCredentials;
}

/** A user that may do with the state bucket what a backend does. For sensitive outputs and nothing else. */
export interface StateCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
}
