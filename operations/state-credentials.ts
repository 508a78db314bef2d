import { OperationError } from "./operation-error";

/** Credentials of the local state store. */
export interface StateCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
}

/**
 * Reads them from what `output -json` of the state stack printed.
 * @throws OperationError when an output is missing; it does not repeat the values
 */
export function credentialsFrom(json: string): StateCredentials {
  const outputs = JSON.parse(json) as Readonly<Record<string, { readonly value?: unknown } | undefined>>;
  const text = (name: string) => {
    const value = outputs[name]?.value;
    if (typeof value !== "string" || value === "")
      throw new OperationError(`the state stack has no output ${name}; its apply did not finish`);
    return value;
  };
  return { accessKeyId: text("state_access_key"), secretAccessKey: text("state_secret_key"), bucket: text("state_bucket") };
}

/** A file in the format of the AWS CLI, with one profile. */
export function credentialsFile(profile: string, { accessKeyId, secretAccessKey }: StateCredentials): string {
  return `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}

/** The keys of a profile, as {@link credentialsFile} writes them; undefined when they are not there. */
export function parseCredentials(profile: string, file: string): Omit<StateCredentials, "bucket"> | undefined {
  const [, section = ""] = file.split(`[${profile}]\n`);
  const value = (key: string) => new RegExp(`^${key} = (.+)$`, "m").exec(section.split("\n[")[0] ?? "")?.[1];
  const accessKeyId = value("aws_access_key_id");
  const secretAccessKey = value("aws_secret_access_key");
  return accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
}
