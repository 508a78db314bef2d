import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SynthesizedStack } from "../../operations/stacks";
import type { Arguments, TerraformJson } from "../../operations/terraform-json";
import { overrideOf, type OverrideOptions } from "./override";
import { overrideFile } from "./stack-copy";

type Resources = NonNullable<TerraformJson["resource"]>;

/** Settings with which the AWS provider asks nobody before it plans. It cannot know its account then. */
const askingNobody: Arguments = {
  allowed_account_ids: null,
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** The same for moto, which tells its account and has no host name for each bucket. */
const askingMoto: Arguments = { ...askingNobody, skip_requesting_account_id: false, s3_use_path_style: true };

/** What to write of a stack for the real provider. */
export interface RealStackOptions extends Pick<OverrideOptions, "endpoint" | "liftProtection"> {
  /** The content, where it is not to be what ships, byte by byte. @default what ships */
  readonly changed?: TerraformJson;
  /** Local name of the provider. */
  readonly provider: string;
  /** Whom the provider asks. */
  readonly asks: "nobody" | "moto";
}

/**
 * Copies a stack for the real provider: it begins with an empty state in a file of its own, and reads the states of other stacks where
 * the simulated applies left them.
 * @param folder as deep below the private folder as the stack lies below the project
 */
export function writeRealStack(stack: SynthesizedStack, folder: string, options: RealStackOptions): void {
  const { changed, provider, asks, ...others } = options;
  cpSync(stack.folder, folder, { recursive: true });
  const file = join(folder, "cdk.tf.json");
  if (changed) writeFileSync(file, JSON.stringify(changed, undefined, 2));
  const json = changed ?? (JSON.parse(readFileSync(file, "utf8")) as TerraformJson);
  const settings = asks === "moto" ? askingMoto : askingNobody;
  // Terraform finds the block to override by its alias.
  const blocks = (json.provider?.[provider] ?? []).map(({ alias }) => ({ ...(alias === undefined ? {} : { alias }), ...settings }));
  const override = { ...overrideOf(json, { ...others, providers: { [provider]: blocks } }), terraform: { backend: { local: {} } } };
  const emptied = asks === "moto" ? emptying(json, override.resource) : override.resource;
  const content = { ...override, ...(emptied ? { resource: emptied } : {}) };
  writeFileSync(join(folder, overrideFile), JSON.stringify(content, undefined, 2));
}

/** Types of a stack's data sources for which the provider would ask its cloud in a plan. */
export function askingDataSources({ data = {} }: TerraformJson, provider: string): readonly string[] {
  return Object.keys(data).filter((type) => type.startsWith(`${provider}_`));
}

/** Buckets that are emptied before they are destroyed: moto writes access logs at once. As AWS does, it would refuse otherwise. */
function emptying({ resource }: TerraformJson, overridden: Resources | undefined): Resources | undefined {
  const buckets = Object.keys(resource?.aws_s3_bucket ?? {}).map((name) => {
    return [name, { ...overridden?.aws_s3_bucket?.[name], force_destroy: true }] as const;
  });
  return buckets.length === 0 ? overridden : { ...overridden, aws_s3_bucket: Object.fromEntries(buckets) };
}
