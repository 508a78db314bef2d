import { canaryLength } from "../../canaries/canary";
import { always, bytes, canaryOf, characters, textAt, valueAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";
const special = "!@#$%&*()-_=+[]{}<>:?";

/** Passwords and keys: of a password everything but the result is known in a plan. */
export const random: ValueTable = {
  random_password: {
    planned: {
      ...always(true, "lower", "special", "upper"),
      ...always(0, "min_lower", "min_numeric", "min_special", "min_upper"),
      number: wantsDigits,
      numeric: wantsDigits,
    },
    applied: {
      // 60 characters: algorithm, cost, then salt and hash in the alphabet of bcrypt.
      bcrypt_hash: (context) =>
        `$2a$10$${canaryOf(context, "bcrypt_hash")}${characters(53 - canaryLength, `./${upper}${lower}${digits}`, context, "bcrypt")}`,
      id: () => "none",
      result: password,
    },
  },
  random_id: {
    applied: {
      b64_std: (context) => idBytes(context).toString("base64"),
      b64_url: (context) => idBytes(context).toString("base64url"),
      dec: (context) => BigInt(`0x0${idBytes(context).toString("hex")}`).toString(),
      hex: (context) => `${textAt(context, "prefix") ?? ""}${idBytes(context).toString("hex")}`,
      id: (context) => idBytes(context).toString("base64url"),
    },
  },
  random_bytes: {
    applied: { base64: key, hex: (context) => Buffer.from(key(context), "base64").toString("hex") },
  },
};

/** No secret: it is there to tell things apart. */
function idBytes(context: ValueContext): Buffer {
  return bytes(Number(valueAt(context, "byte_length")), context, "id");
}

/** With a canary at its beginning, where that many characters stand for whole bytes. */
function key(context: ValueContext): string {
  const length = Number(valueAt(context, "length"));
  const base64 = bytes(length, context, "bytes").toString("base64");
  const isPlace = Math.floor(length / 3) * 4 >= canaryLength;
  return isPlace ? canaryOf(context, "base64") + base64.slice(canaryLength) : base64;
}

/** The argument has two names. */
function wantsDigits(context: ValueContext): boolean {
  return (valueAt(context, "numeric") ?? valueAt(context, "number")) !== false;
}

/** With a canary at its beginning, where that has the characters and the length that were asked for. */
function password(context: ValueContext): string {
  const classes = [
    { on: valueAt(context, "lower") !== false, least: "min_lower", alphabet: lower },
    { on: wantsDigits(context), least: "min_numeric", alphabet: digits },
    { on: valueAt(context, "special") !== false, least: "min_special", alphabet: textAt(context, "override_special") ?? special },
    { on: valueAt(context, "upper") !== false, least: "min_upper", alphabet: upper },
  ].filter(({ on }) => on);
  const least = classes.map(({ least, alphabet }) => characters(Number(valueAt(context, least) ?? 0), alphabet, context, least)).join("");
  const any = classes.map(({ alphabet }) => alphabet).join("");
  const rest = Math.max(Number(valueAt(context, "length") ?? 0) - least.length, 0);
  const isPlace = rest >= canaryLength && any.includes(lower) && any.includes(digits);
  const canary = isPlace ? canaryOf(context, "result") : "";
  return canary + shuffled(least + characters(rest - canary.length, any, context, "rest"), context);
}

function shuffled(text: string, context: ValueContext): string {
  const keys = bytes(text.length * 2, context, "order");
  return [...text]
    .map((character, index) => ({ character, key: keys.readUInt16BE(index * 2) }))
    .sort((a, b) => a.key - b.key)
    .map(({ character }) => character)
    .join("");
}
