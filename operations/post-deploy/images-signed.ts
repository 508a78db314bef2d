import { listed, type PostDeployCheck } from "./check-result";
import type { Kubectl } from "./kubectl";

/** Name of the policy. */
const policy = "signed-images";

/** Where images of an environment's own registry come from. A digest behind one says that it was verified when the pod came. */
const ownRegistry = /\.dkr\.ecr\./;

/**
 * Whether images are signed, by what Kyverno says of them and of its policy.
 * @param namespaces of the applications
 * @param asked whether the environment has keys that sign
 */
export function imagesSigned(kubectl: Kubectl, namespaces: readonly string[], asked: boolean): PostDeployCheck {
  return {
    name: "signatures",
    async look() {
      const result = (passed: boolean, found: string, fix?: string) => ({ check: "signatures", passed, found, ...(fix ? { fix } : {}) });
      if (!asked) return result(true, "not asked for");
      const policies = await kubectl.fields("imagevalidatingpolicies.policies.kyverno.io", [
        ".metadata.name",
        ".status.conditionStatus.ready",
      ]);
      if (!policies.some(([name, ready]) => name === policy && ready === "true")) {
        return result(false, `policy ${policy} is not ready`, `see what Kyverno says: kubectl describe imagevalidatingpolicy ${policy}`);
      }
      const results = `.results[?(@.policy=="${policy}")].result`;
      const reports = await kubectl.fields("policyreports.wgpolicyk8s.io", [".metadata.namespace", ".scope.name", results]);
      const failed = reports.filter(([, , given = ""]) => /fail|error/.test(given)).map(([namespace, name]) => `${namespace}/${name}`);
      const pods = await kubectl.fields("pods", [".metadata.namespace", ".metadata.name", ".spec.containers[*].image"]);
      const unverified = pods
        .filter(([namespace = "", , images = ""]) => namespaces.includes(namespace) && images.split(" ").some(isUnverified))
        .map(([namespace, name]) => `${namespace}/${name}`);
      const unsigned = [...new Set([...failed, ...unverified])];
      if (unsigned.length === 0) return result(true, "every image of the registry was verified");
      return result(false, `not verified: ${listed(unsigned)}`, "sign the image with a key of policies.signingKeys, and deploy it again");
    },
  };
}

function isUnverified(image: string): boolean {
  return ownRegistry.test(image) && !image.includes("@sha256:");
}
