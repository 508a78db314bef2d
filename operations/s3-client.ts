import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { silenceSdkNotice } from "../environments/variables";

/** Client of an S3 API. */
export function s3Client(config: S3ClientConfig): S3Client {
  silenceSdkNotice();
  return new S3Client(config);
}
