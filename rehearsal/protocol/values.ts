import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";

/** An object of Terraform's: a block, a map, or a nested attribute. */
export type Values = Readonly<Record<string, unknown>>;

/** A value that is known only after an apply. */
export class Unknown {
  /** @param refinement what the engine knows about it nevertheless, as it came. @default nothing */
  constructor(readonly refinement?: Uint8Array) {}
}

/** An unknown value of which nothing is known. */
export const unknown = new Unknown();

/** Numbers of the MessagePack extensions by which Terraform writes unknown values, without and with refinements. */
const extensions = { unknown: 0, refined: 12 } as const;

const codec = new ExtensionCodec();
codec.register({
  type: extensions.unknown,
  encode: (value) => (value instanceof Unknown && value.refinement === undefined ? new Uint8Array(1) : null),
  decode: () => unknown,
});
codec.register({
  type: extensions.refined,
  encode: (value) => (value instanceof Unknown && value.refinement !== undefined ? value.refinement : null),
  decode: (refinement) => new Unknown(new Uint8Array(refinement)),
});

/** Reads a value off the wire. Absent bytes are null. */
export function decodeValue(bytes: Uint8Array | undefined): unknown {
  return bytes === undefined || bytes.length === 0 ? null : decode(bytes, { extensionCodec: codec });
}

/** Writes a value for the wire. */
export function encodeValue(value: unknown): Buffer {
  return Buffer.from(encode(value, { extensionCodec: codec }));
}

/** Whether a value is an object of Terraform's. */
export function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}
