/** Arguments of a resource, a provider or a backend, as Terraform reads them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Resources, outputs and the like by their name. */
type Named = Readonly<Record<string, Arguments>>;

/** A stack's `cdk.tf.json`. */
export interface TerraformJson {
  readonly terraform: {
    readonly backend: Named;
    readonly required_providers: Readonly<Record<string, { readonly source: string; readonly version: string }>>;
    readonly required_version?: string;
  };
  readonly provider?: Readonly<Record<string, readonly Arguments[]>>;
  readonly resource?: Readonly<Record<string, Named>>;
  readonly data?: Readonly<Record<string, Named>>;
  readonly locals?: Arguments;
  readonly output?: Named;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}
