import { canaryText } from "../../canaries/canary";
import type { ValueContext, ValuesByPath } from "./value-table";

/** When everything simulated was made. */
export const moment = "2026-01-01T12:00:00Z";

/** {@link moment} in seconds. */
export const momentSeconds = Date.parse(moment) / 1000;

/** A value that is the same for every resource, at each of some paths. */
export function always(value: unknown, ...paths: readonly string[]): ValuesByPath {
  return Object.fromEntries(paths.map((path) => [path, () => value]));
}

/** What the resource has at a path, in the first block where there are several; undefined when it has nothing there, or it is not known yet. */
export function valueAt({ values }: ValueContext, ...path: readonly string[]): unknown {
  return (
    path.reduce<unknown>((value, name) => {
      const block: unknown = Array.isArray(value) ? value[0] : value;
      return typeof block === "object" && block !== null ? (block as Readonly<Record<string, unknown>>)[name] : undefined;
    }, values) ?? undefined
  );
}

/** A text of the resource; undefined when it is empty, too. */
export function textAt(context: ValueContext, ...path: readonly string[]): string | undefined {
  const value = valueAt(context, ...path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A random-looking UUID of version 4. */
export function uuid(context: ValueContext, purpose?: string): string {
  const digits = context.hex(32, purpose);
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20)];
  return parts.join("-");
}

/** A number from 0, below a limit that is at most 2^32. */
export function numberBelow(limit: number, context: ValueContext, purpose?: string): number {
  return parseInt(context.hex(8, purpose), 16) % limit;
}

/** Random-looking bytes. */
export function bytes(count: number, context: ValueContext, purpose: string): Buffer {
  const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, index) => Buffer.from(context.hex(64, `${purpose} ${index}`), "hex"));
  return Buffer.concat(blocks).subarray(0, count);
}

/** Random-looking characters of an alphabet. */
export function characters(count: number, alphabet: string, context: ValueContext, purpose: string): string {
  return [...bytes(count, context, purpose)].map((byte) => alphabet[byte % alphabet.length] ?? "").join("");
}

/** The canary of a secret. @param attribute dotted path, blocks without an index */
export function canaryOf(context: ValueContext, attribute: string): string {
  return canaryText(context.hex(12, `canary ${attribute}`));
}

/**
 * Text in the form of PEM, around bytes that begin as DER does but are no certificate and no key.
 * @param label e.g. `CERTIFICATE`
 * @param canary written into it; a line is longer. @default none
 */
export function pem(label: string, context: ValueContext, canary = ""): string {
  const length = 768;
  const header = Buffer.from([0x30, 0x82, length >> 8, length & 0xff]); // a DER sequence, with its length in two bytes
  const base64 = Buffer.concat([header, bytes(length, context, label)]).toString("base64");
  const [first = "", second = "", ...others] = base64.match(/.{1,64}/g) ?? [];
  const lines = [first, canary + second.slice(canary.length), ...others];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
