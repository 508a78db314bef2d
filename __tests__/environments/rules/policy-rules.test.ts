import { generateKeyPairSync } from "node:crypto";
import { refusals } from "../changed";

describe("the mode of policies", () => {
  test("fails when production only reports", () => {
    expect(refusals("prod", { "policies.mode": "audit" })).toEqual([
      'prod.policies: mode is "audit", must be "enforce" in prod; what is only reported runs all the same',
    ]);
  });

  test.each(["local", "dev", "staging"] as const)("may be either in %s", (name) => {
    for (const mode of ["audit", "enforce"]) expect(refusals(name, { "policies.mode": mode })).toEqual([]);
  });
});

describe("signing keys", () => {
  const [key, other] = [publicKey(), publicKey()];

  test.each(["dev", "staging", "prod"] as const)("may be several in %s", (name) => {
    expect(refusals(name, { "policies.signingKeys": [key, other] })).toEqual([]);
  });

  test("fails when the laptop has one", () => {
    expect(refusals("local", { "policies.signingKeys": [key] })).toEqual([
      expect.stringMatching(
        /^local\.policies: signingKeys is \["-----BEGIN PUBLIC KEY.*, must be \[\] where target is local; signatures are/,
      ),
    ]);
  });

  test("fails when one is listed twice", () => {
    expect(refusals("prod", { "policies.signingKeys": [key, other, key] })).toEqual([
      expect.stringMatching(/^prod\.policies: signingKeys\.2 is .*, must be different from signingKeys\.0; remove the repetition$/),
    ]);
  });
});

describe("trusted registries", () => {
  test("fails when one is listed twice", () => {
    expect(refusals("dev", { "policies.trustedRegistries": ["ghcr.io/", "quay.io/", "ghcr.io/"] })).toEqual([
      'dev.policies: trustedRegistries.2 is "ghcr.io/", must be different from trustedRegistries.0; remove the repetition',
    ]);
  });
});

function publicKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "prime256v1" }).publicKey.export({ type: "spki", format: "pem" }).toString();
}
