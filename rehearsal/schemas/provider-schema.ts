/** A type as `providers schema -json` and the plugin protocol write it: `"string"`, `["list", "string"]`, `["object", {...}]`. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["tuple", readonly CtyType[]]
  /** The last part names the attributes that may be left out. */
  | readonly ["object", Readonly<Record<string, CtyType>>, (readonly string[])?];

/** How blocks of one name lie in their parent. `group` is a `single` that is never null. */
export type NestingMode = "single" | "group" | "list" | "set" | "map";

/** An argument, or what a provider computes. A flag that is left out is false. */
export interface AttributeSchema {
  /** Left out where there is a nested type. */
  readonly type?: CtyType;
  readonly nested_type?: NestedTypeSchema;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  /** Never stored in plan or state. */
  readonly write_only?: boolean;
}

/** Attributes in an attribute, with flags of their own. */
export interface NestedTypeSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly nesting_mode: NestingMode;
}

/** What may be in a block. */
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
}

/** Blocks of one name in a block. */
export interface NestedBlockSchema {
  readonly nesting_mode: NestingMode;
  readonly block: BlockSchema;
  /** @default 0 */
  readonly min_items?: number;
  /** @default no limit */
  readonly max_items?: number;
}

/** A resource type, a data source, or a provider's own configuration. */
export interface ResourceSchema {
  /** Counts up when the form of stored state changes. */
  readonly version: number;
  readonly block: BlockSchema;
}

/** Schemas by resource type. */
export type SchemaMap = Readonly<Record<string, ResourceSchema>>;

/** What a provider knows, in the words of `providers schema -json`. */
export interface ProviderSchema {
  readonly provider?: ResourceSchema;
  readonly resource_schemas?: SchemaMap;
  readonly data_source_schemas?: SchemaMap;
}
