import { ConfigurationError } from "../shared/errors";
import type { GeneratedSecret } from "./secret-store";
import type { AwsGeneratedSecret } from "./secrets-manager-store";

/** Narrows a secret to one that services of AWS can read: they cannot be pointed to another store. */
export function inSecretsManager(secret: GeneratedSecret, consumer: string): AwsGeneratedSecret {
  if ("secretArn" in secret) return secret as AwsGeneratedSecret;
  throw new ConfigurationError([
    { path: consumer, field: "secretStore", value: secret.key, limit: "a store in AWS Secrets Manager", fix: "take it from the same catalog" },
  ]);
}
