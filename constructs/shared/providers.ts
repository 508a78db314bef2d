/** A Terraform provider, pinned. */
export interface PinnedProvider {
  /** Source with its registry, so that Terraform and OpenTofu mean the same provider. */
  readonly source: string;
  /** Exact version: the one that the bindings were made from. */
  readonly version: string;
}

/** Every provider that this project uses. A stack's `required_providers` come from here, whatever the bindings say. */
export const providers = {
  aws: { source: "registry.terraform.io/hashicorp/aws", version: "6.25.0" },
  helm: { source: "registry.terraform.io/hashicorp/helm", version: "3.1.1" },
  kind: { source: "registry.terraform.io/tehcyx/kind", version: "0.9.0" },
  kubernetes: { source: "registry.terraform.io/hashicorp/kubernetes", version: "2.38.0" },
  random: { source: "registry.terraform.io/hashicorp/random", version: "3.7.2" },
} satisfies Record<string, PinnedProvider>;

export type ProviderName = keyof typeof providers;
