import { Password } from "@cdktf/provider-random/lib/password";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { requireName } from "../shared/kubernetes-names";

/** Field of generated secrets. */
export const passwordProperty = "password";

/** A password of letters and digits: it fits into URLs, JSON and connection strings as it is. About 238 bits. */
export function generatedPassword(scope: Construct): string {
  return new Password(scope, "Password", { length: 40, special: false }).result;
}

/** How many digits of a password's SHA-256 are its fingerprint. They tell one password from the next, and lead nobody to 238 bits. */
export const fingerprintDigits = 8;

/** The fingerprint of a generated password: what `sha256sum` prints of it, cut off. */
export function fingerprintOf(password: string): string {
  return Token.asString(Fn.nonsensitive(Fn.substr(Fn.sha256(password), 0, fingerprintDigits)));
}

/** The name, when every store takes it: a secret is called the same on every target. */
export function requireSecretName(scope: Construct, name: string): string {
  return requireName(scope, "name", name, "object");
}
