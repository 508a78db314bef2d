import type { ImageValidatingPolicy } from "./image-validating-policy";
import { imagesOf, listOf } from "./pod-policy";
import { podRules, scopeOf, type Judged } from "./policy-scope";

/**
 * Images of the environment's own registry that one of the keys has signed.
 *
 * Only pods are judged, as their images get the digest that was verified: what is pulled cannot be another one.
 * @param registry address of the registry
 * @param keys public keys in PEM
 */
export function signedImages(judged: Judged, registry: string, keys: readonly string[]): ImageValidatingPolicy {
  const attestors = keys.map((data, index) => ({
    name: `key${index + 1}`,
    // The key is the proof. A public log would tell the names of private images, and the cluster does not reach it.
    cosign: { key: { data }, ctlog: { insecureIgnoreTlog: true, insecureIgnoreSCT: true } },
  }));
  const containers = `(object.spec.containers + ${listOf("object.spec", "initContainers")} + ${listOf("object.spec", "ephemeralContainers")})`;
  return {
    apiVersion: "policies.kyverno.io/v1",
    kind: "ImageValidatingPolicy",
    metadata: { name: "signed-images" },
    spec: {
      ...scopeOf(judged, podRules),
      matchImageReferences: [{ glob: `${registry}/*` }],
      images: [{ name: "pulled", expression: imagesOf("object.spec", containers) }],
      attestors,
      credentials: { providers: ["amazon"] },
      validationConfigurations: { mutateDigest: true, verifyDigest: true, required: true },
      // Only the admission controller may read the registry.
      evaluation: { background: { enabled: false } },
      validations: [
        {
          expression: `images.pulled.all(image, verifyImageSignatures(image, [${attestors.map(({ name }) => `attestors.${name}`).join(", ")}]) > 0)`,
          message: `images of ${registry} must be signed with one of the environment's keys`,
        },
      ],
    },
  };
}
