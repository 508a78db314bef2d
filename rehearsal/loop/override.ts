import { liftedProtection } from "../../operations/lifted-protection";
import type { Arguments, TerraformJson } from "../../operations/terraform-json";

/** Content of the override file: Terraform puts it over the `cdk.tf.json` beside it. */
export interface Override {
  /** A backend in an override replaces the whole backend, so this repeats what ships. */
  readonly terraform?: { readonly backend: { readonly s3: Arguments } };
  readonly data?: { readonly terraform_remote_state: Readonly<Record<string, { readonly config: Arguments }>> };
  readonly provider?: Readonly<Record<string, readonly Arguments[]>>;
  readonly resource?: TerraformJson["resource"];
}

export interface OverrideOptions {
  /** The S3 API that keeps the states. */
  readonly endpoint: string;
  /** Whether protection is lifted. @default false */
  readonly liftProtection?: boolean;
  /** Blocks of providers, by their local names; one with an alias changes the block that has it. @default none */
  readonly providers?: Readonly<Record<string, readonly Arguments[]>>;
}

/** What a rehearsal changes of a stack, beside its `cdk.tf.json`. A state in a file stays where it is, relative to the copy. */
export function overrideOf(json: TerraformJson, { endpoint, liftProtection = false, providers }: OverrideOptions): Override {
  const { s3 } = json.terraform.backend;
  const remotes = Object.entries(json.data?.terraform_remote_state ?? {}).filter(([, { backend }]) => backend === "s3");
  const configs = remotes.map(([name, { config }]) => [name, { config: onMoto(config as Arguments, endpoint) }] as const);
  const lifted = liftProtection ? liftedProtection(json).resource : {};
  return {
    ...(s3 ? { terraform: { backend: { s3: onMoto(s3, endpoint) } } } : {}),
    ...(configs.length > 0 ? { data: { terraform_remote_state: Object.fromEntries(configs) } } : {}),
    ...(providers ? { provider: providers } : {}),
    ...(Object.keys(lifted).length > 0 ? { resource: lifted } : {}),
  };
}

/** The same bucket and key at another server, which knows neither the account nor its own region. */
function onMoto(shipped: Arguments, endpoint: string): Arguments {
  return {
    ...Object.fromEntries(Object.entries(shipped).filter(([name]) => name !== "allowed_account_ids")),
    endpoints: { s3: endpoint },
    use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_requesting_account_id: true,
  };
}
