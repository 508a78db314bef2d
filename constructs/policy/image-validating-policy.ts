import type { CustomResource } from "../addons/manifests";
import type { PolicyScope, Validation } from "./validating-policy";

/** Policy of Kyverno: who has to have signed images. */
export interface ImageValidatingPolicy extends CustomResource {
  readonly apiVersion: "policies.kyverno.io/v1";
  readonly kind: "ImageValidatingPolicy";
  readonly spec: PolicyScope & {
    /** Images that are meant; `*` stands for anything. */
    readonly matchImageReferences: readonly { readonly glob: string }[];
    /** Lists of images of an object, in CEL. Validations see those that are meant as `images.<name>`. */
    readonly images: readonly { readonly name: string; readonly expression: string }[];
    readonly attestors: readonly CosignAttestor[];
    /** How Kyverno logs in to the registry. */
    readonly credentials: { readonly providers: readonly ["amazon"] };
    readonly validationConfigurations: {
      /** Whether a tag is replaced by the digest that was verified. */
      readonly mutateDigest: boolean;
      /** Whether an image without a digest is refused. */
      readonly verifyDigest: boolean;
      /** Whether an image that no validation has verified is refused. */
      readonly required: boolean;
    };
    readonly validations: readonly Validation[];
    readonly evaluation: { readonly background: { readonly enabled: boolean } };
  };
}

/** Who may have signed. */
export interface CosignAttestor {
  /** For validations, as `attestors.<name>`. */
  readonly name: string;
  readonly cosign: {
    /** Public key, PEM. */
    readonly key: { readonly data: string };
    readonly ctlog: { readonly insecureIgnoreTlog: boolean; readonly insecureIgnoreSCT: boolean };
  };
}
