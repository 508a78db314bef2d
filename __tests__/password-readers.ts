import type { SynthesizedStack } from "./synthesized";

/** What everybody may know of a generated password: that it is another. */
export const fingerprint = /nonsensitive\(substr\(sha256\(random_password\.\w+\.result\), 0, 8\)\)/g;

/** Resources that see a generated password. */
export function passwordReaders(stack: SynthesizedStack): SynthesizedStack["resources"] {
  return stack.resources.filter(({ values }) =>
    /random_password\.\w+\.(result|bcrypt_hash)/.test(JSON.stringify(values).replaceAll(fingerprint, "")),
  );
}
