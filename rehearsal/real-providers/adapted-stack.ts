import type { TerraformJson } from "../../operations/terraform-json";
import type { ProviderSchema } from "../schemas/provider-schema";
import type { RequiredProviders } from "./installed-providers";
import { withoutUnknownArguments, type UnknownArgument } from "./unknown-arguments";

/** An argument that an installed provider does not know, with that provider's source. */
export interface UnknownToProvider extends UnknownArgument {
  readonly source: string;
}

/**
 * A stack as the installed providers can read it: unchanged where they are the pinned ones, else with their versions
 * and without the arguments that they do not know.
 */
export function adaptToInstalled(
  json: TerraformJson,
  installed: RequiredProviders,
  schemas: Readonly<Record<string, ProviderSchema>>,
): { readonly json: TerraformJson; readonly unknown: readonly UnknownToProvider[] } {
  return relaxedProviders(json.terraform.required_providers, installed).reduce<ReturnType<typeof adaptToInstalled>>(
    (adapted, { name, source, version }) => {
      const { json, unknown } = withoutUnknownArguments(adapted.json, name, schemas[source] ?? {});
      const required_providers = { ...json.terraform.required_providers, [name]: { source, version } };
      return {
        json: { ...json, terraform: { ...json.terraform, required_providers } },
        unknown: [...adapted.unknown, ...unknown.map((one) => ({ ...one, source }))],
      };
    },
    { json, unknown: [] },
  );
}

/** The installed providers whose versions are not the pinned ones. */
export function relaxedProviders(pinned: RequiredProviders, installed: RequiredProviders) {
  return Object.entries(installed)
    .filter(([name, { version }]) => pinned[name] !== undefined && pinned[name].version !== version)
    .map(([name, provider]) => ({ name, ...provider }));
}
