/** What a simulated value is made from. */
export interface ValueContext {
  /** Type of the resource, e.g. `aws_vpc`. */
  readonly type: string;
  /** The resource's attributes and blocks; what is not known yet is undefined. A block is a list of objects. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What the resource was before. @default it is new */
  readonly prior?: Readonly<Record<string, unknown>>;
  /** Account that the simulated AWS is. */
  readonly account: string;
  /** Region of the provider. */
  readonly region: string;
  /** Tags that the provider puts on everything. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Hexadecimal digits, different for each resource and purpose, the same in every run. At most 64. */
  hex(length: number, purpose?: string): string;
}

/** Makes a value; undefined when what it is made from is not known yet. Null is a value: an attribute that stays empty. */
export type SimulatedValue = (context: ValueContext) => unknown;

/** Values by dotted path, blocks without their index: `id`, `certificate_authority.data`, `metadata.uid`. */
export type ValuesByPath = Readonly<Record<string, SimulatedValue>>;

/** What a resource type's computed attributes are. The rest comes from fallbacks by name and type. */
export interface ResourceValues {
  /** Known when it is planned already, as with the real provider. @default none */
  readonly planned?: ValuesByPath;
  /** When an argument stays as it was whatever is asked for now, because something beside Terraform may change it. @default never */
  readonly kept?: Readonly<Record<string, (context: ValueContext) => boolean>>;
  /** Known after it was applied. @default fallbacks */
  readonly applied?: ValuesByPath;
  /** Paths that an update makes unknown again, e.g. a version that counts up. @default none */
  readonly renewed?: readonly string[];
  /** Arguments that can change without renewing anything, at the top of the resource. @default none */
  readonly renewedWithout?: readonly string[];
}

/** Values by resource type. */
export type ValueTable = Readonly<Record<string, ResourceValues>>;
