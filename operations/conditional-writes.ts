import { DeleteObjectCommand, PutObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { randomUUID } from "node:crypto";
import { OperationError } from "./operation-error";
import { s3Client } from "./s3-client";

export interface ConditionalWritesOptions {
  /** URL of the S3 API, with an address: buckets are asked for by path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What S3 answers to the second of two conditional writes: the object is there, or is just being written. */
const refusals = [412, 409];

/**
 * Writes an object twice on the condition that it does not exist: that is how the engine takes a lock (`use_lockfile`).
 * @throws OperationError when the second write is let through, or when the server cannot be asked
 */
export async function assertConditionalWrites({ endpoint, bucket, credentials }: ConditionalWritesOptions): Promise<void> {
  const client = s3Client({
    endpoint,
    credentials,
    region: "us-east-1", // MinIO's default; it has to be something
    forcePathStyle: true,
    maxAttempts: 1, // a repeated first write would look like a refused second one
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  // The user of the state store may delete lock files and nothing else.
  const object = { Bucket: bucket, Key: `evenkeel-check-${randomUUID()}.tflock` };
  const put = () => client.send(new PutObjectCommand({ ...object, Body: "check of conditional writes", IfNoneMatch: "*" }));
  try {
    await asked(endpoint, put);
    try {
      if (!(await isRefused(endpoint, put))) {
        throw new OperationError(
          `${endpoint} overwrites an object that must not exist (If-None-Match: *): it would let two people write the same state at once. ` +
            "Use a server with conditional writes, such as the image that stateStore.image has in environments/local.ts.",
        );
      }
    } finally {
      await asked(endpoint, () => client.send(new DeleteObjectCommand(object)));
    }
  } finally {
    client.destroy();
  }
}

async function isRefused(endpoint: string, put: () => Promise<unknown>): Promise<boolean> {
  try {
    await put();
    return false;
  } catch (error) {
    if (error instanceof S3ServiceException && refusals.includes(error.$metadata.httpStatusCode ?? 0)) return true;
    throw unasked(endpoint, error);
  }
}

async function asked<Result>(endpoint: string, request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    throw unasked(endpoint, error);
  }
}

function unasked(endpoint: string, error: unknown): OperationError {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new OperationError(`${endpoint} could not be asked whether it keeps two writers apart: ${words}`);
}
