import { HeadBucketCommand, HeadObjectCommand, S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import { isIP } from "node:net";
import type { AwsEnvironment } from "../environments/environment";
import { machineVariable } from "../environments/variables";
import { OperationError } from "./operation-error";
import { s3Client } from "./s3-client";

/** Asks S3 about the buckets of an environment's account, with the credentials that Terraform finds as well. */
export class AccountBuckets {
  private readonly client: S3Client;

  constructor(private readonly environment: Pick<AwsEnvironment, "name" | "accountId" | "region">) {
    this.client = s3Client({
      region: environment.region,
      forcePathStyle: endpointIsAddress(),
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    });
  }

  /** @throws OperationError when S3 does not say */
  exists(bucket: string): Promise<boolean> {
    return this.ask(bucket, new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: this.environment.accountId }));
  }

  /** @throws OperationError when S3 does not say */
  holds(bucket: string, key: string): Promise<boolean> {
    return this.ask(
      `${bucket}/${key}`,
      new HeadObjectCommand({ Bucket: bucket, Key: key, ExpectedBucketOwner: this.environment.accountId }),
    );
  }

  close(): void {
    this.client.destroy();
  }

  private async ask(what: string, command: HeadBucketCommand | HeadObjectCommand): Promise<boolean> {
    try {
      await (command instanceof HeadBucketCommand ? this.client.send(command) : this.client.send(command));
      return true;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 404) return false;
      throw new OperationError(`s3://${what} could not be looked up. ${this.reason(status, error)}`);
    }
  }

  private reason(status: number | undefined, error: unknown): string {
    const { name, accountId, region } = this.environment;
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    switch (status) {
      case 403:
        return (
          `S3 forbids it (403): these credentials are not of account ${accountId}, may not see the bucket, or the bucket is somebody else's. ` +
          "Compare `aws sts get-caller-identity` with the account, and check AWS_PROFILE."
        );
      case 301:
        return `It is in another region than ${region} (301). Correct the region of ${name}.`;
      case 400:
        return `S3 refuses the request (400). Most often the session has expired: sign in again, e.g. with \`aws sso login\`.`;
      default:
        return error instanceof Error && error.name === "CredentialsProviderError"
          ? `There are no AWS credentials: set AWS_PROFILE, or sign in, e.g. with \`aws sso login\`. (${error.message})`
          : `${words}. Check the network, and AWS_ENDPOINT_URL if it is set.`;
    }
  }
}

/** Whether the S3 API was moved to a bare address: no bucket can be part of that host's name. */
export function endpointIsAddress(): boolean {
  const endpoint = machineVariable("AWS_ENDPOINT_URL_S3") ?? machineVariable("AWS_ENDPOINT_URL");
  return endpoint !== undefined && URL.canParse(endpoint) && isIP(new URL(endpoint).hostname.replace(/^\[|\]$/g, "")) !== 0;
}
