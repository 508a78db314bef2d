import { signedImages } from "../../../constructs/policy/signed-images";
import { judged } from "./judge";
import { container, kindsOf, placesOf, podSpec, type Request } from "./pods";

const registry = "000000000003.dkr.ecr.eu-central-1.amazonaws.com";
const own = `${registry}/ml-platform-prod/api:1`;
const foreign = "docker.io/library/nginx:1.29";
const keys = ["first", "second"].map((name) => `-----BEGIN PUBLIC KEY-----\n${name}\n-----END PUBLIC KEY-----\n`);
const policy = signedImages({ mode: "enforce", excludedNamespaces: [] }, registry, keys);
const message = `images of ${registry} must be signed with one of the environment's keys`;

/** Pods that have the image in one place each. */
function pulling(image: string, signed: Request["signed"] = {}): readonly Request[] {
  const specs = [...placesOf(container({ image })), podSpec({ volumes: [{ name: "model", image: { reference: image } }] })];
  return specs.map((spec) => ({ ...kindsOf(spec)[0], signed }));
}

describe("signed images", () => {
  it.each(
    judged(policy, [
      ["may be signed with the first key", pulling(own, { [own]: ["key1"] }), []],
      ["may be signed with another key", pulling(own, { [own]: ["key2"] }), []],
      ["are left alone when they are somebody else's", pulling(foreign), null],
    ]),
  )("%s", (_, said, expected) => {
    expect(said).toEqual(expected);
  });

  const two = podSpec({ containers: [container({ image: own }), container({ image: own.replace("api", "worker") })] });
  it.each(
    judged(policy, [
      ["nobody has signed it", pulling(own), [message]],
      ["somebody else has signed it", pulling(own, { [own]: ["key3"] }), [message]],
      ["another tag of it is signed", pulling(own, { [own.replace(":1", ":2")]: ["key1"] }), [message]],
      ["one of two is not signed", [{ ...kindsOf(two)[0], signed: { [own]: ["key1"] } }], [message]],
    ]),
  )("fails when %s, wherever it is", (_, said, expected) => {
    expect(said).toEqual(expected);
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
