import { signedImages } from "../../../constructs/policy/signed-images";
import { judged, type Signatures } from "./judge";
import { container, everyKindOf, everyPlaceOf, podSpec } from "./pods";

const registry = "000000000003.dkr.ecr.eu-central-1.amazonaws.com";
const own = `${registry}/ml-platform-prod/api:1`;
const foreign = "docker.io/library/nginx:1.29";
const keys = ["first", "second"].map((name) => `-----BEGIN PUBLIC KEY-----\n${name}\n-----END PUBLIC KEY-----\n`);
const policy = signedImages({ mode: "enforce", excludedNamespaces: [] }, registry, keys);
const message = `images of ${registry} must be signed with one of the environment's keys`;

describe("signed images", () => {
  it("may be signed with either key, wherever they are", () => {
    for (const key of ["key1", "key2"]) {
      for (const verdict of verdicts(own, { [own]: [key] })) expect(verdict).toEqual([]);
    }
  });

  it.each<[string, Signatures]>([
    ["nobody has signed it", {}],
    ["somebody else has signed it", { [own]: ["key3"] }],
    ["another tag of it is signed", { [own.replace(":1", ":2")]: ["key1"] }],
  ])("fails when %s, wherever it is", (_, signed) => {
    for (const verdict of verdicts(own, signed)) expect(verdict).toEqual([message]);
  });

  it("fails when one of several is not signed", () => {
    const unsigned = own.replace("api", "worker");
    const spec = podSpec({ containers: [container({ image: own }), container({ image: unsigned })] });
    expect(judged(policy, { Pod: everyKindOf(spec).Pod }, { [own]: ["key1"] })).toEqual({ Pod: [message] });
  });

  it("fails when a volume is an image that is not signed", () => {
    const spec = podSpec({ volumes: [{ name: "model", image: { reference: own } }] });
    expect(judged(policy, { Pod: everyKindOf(spec).Pod })).toEqual({ Pod: [message] });
  });

  it("leaves images of others alone", () => {
    for (const verdict of verdicts(foreign, {})) expect(verdict).toBeNull();
  });

  it("has a key for each attestor, and does not ask a public log", () => {
    expect(policy.spec.attestors).toEqual(
      keys.map((data, index) => ({
        name: `key${index + 1}`,
        cosign: { key: { data }, ctlog: { insecureIgnoreTlog: true, insecureIgnoreSCT: true } },
      })),
    );
  });

  it("has the digest pulled that was verified", () => {
    expect(policy.spec.validationConfigurations).toEqual({ mutateDigest: true, verifyDigest: true, required: true });
    expect(policy.spec.matchConstraints.resourceRules.flatMap(({ resources }) => resources)).toEqual(["pods", "pods/ephemeralcontainers"]);
  });
});

/** What is said of pods that have the image in one place each. */
function verdicts(image: string, signed: Signatures) {
  return Object.values(everyPlaceOf(container({ image }))).map((spec) => judged(policy, { Pod: everyKindOf(spec).Pod }, signed).Pod);
}
