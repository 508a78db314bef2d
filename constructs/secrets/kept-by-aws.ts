import { ConfigurationError } from "../shared/errors";
import type { GeneratedSecret } from "./secret-store";
import type { AwsGeneratedSecret } from "./secrets-manager-store";

/** Narrows a secret to one in Secrets Manager: services of AWS read none that is elsewhere. */
export function keptByAws(secret: GeneratedSecret, consumer: string): AwsGeneratedSecret {
  if ("secretArn" in secret) return secret as AwsGeneratedSecret;
  throw new ConfigurationError([
    {
      path: consumer,
      field: "secretStore",
      value: secret.key,
      limit: "a store in AWS Secrets Manager",
      fix: "take it from the same catalog",
    },
  ]);
}
