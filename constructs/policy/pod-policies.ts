import type { Construct } from "constructs";
import { Manifests } from "../addons/manifests";
import type { AddonProps } from "../addons/platform-setting";
import type { IRegistry } from "../registry/registry";
import { agentImages } from "../traces/agent-images";
import { boundedPods } from "./bounded-pods";
import type { Kyverno } from "./kyverno";
import { pinnedImages } from "./pinned-images";
import { restrictedPods } from "./restricted-pods";
import { signedImages } from "./signed-images";
import { trustedImages } from "./trusted-images";

export interface PodPoliciesProps extends AddonProps {
  readonly kyverno: Kyverno;
  /** The environment's own registry, which is trusted. */
  readonly registry: IRegistry;
}

/** What the cluster demands of pods outside of the platform's own namespaces. */
export class PodPolicies extends Manifests {
  constructor(scope: Construct, id: string, { setting, kyverno, registry }: PodPoliciesProps) {
    const { monitoring, policies } = setting.environment;
    const { mode, signingKeys, trustedRegistries } = policies;
    // Where pods get agents, their images are trusted: these versions, and nothing else that their registry has.
    const agents = monitoring ? Object.values(agentImages) : [];
    const judged = { mode, excludedNamespaces: kyverno.excludedNamespaces };
    super(scope, id, {
      release: "pod-policies",
      namespace: kyverno.namespace,
      requires: [kyverno],
      resources: [
        restrictedPods(judged),
        boundedPods(judged),
        trustedImages(judged, [`${registry.address}/`, ...trustedRegistries], agents),
        pinnedImages(judged),
        ...(signingKeys.length > 0 ? [signedImages(judged, registry.address, signingKeys)] : []),
      ],
    });
  }
}
