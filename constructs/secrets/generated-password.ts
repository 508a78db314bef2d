import { Password } from "@cdktf/provider-random/lib/password";
import type { Construct } from "constructs";
import { requireName } from "../shared/kubernetes-names";

/** Field of generated secrets. */
export const passwordProperty = "password";

/** A password of letters and digits: it fits into URLs, JSON and connection strings as it is. About 238 bits. */
export function generatedPassword(scope: Construct): string {
  return new Password(scope, "Password", { length: 40, special: false }).result;
}

/** The name, when every store takes it: a secret is called the same on every target. */
export function requireSecretName(scope: Construct, name: string): string {
  return requireName(scope, "name", name, "object");
}
