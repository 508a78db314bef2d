import type { Layer } from "../../constructs/catalog";
import type { SynthesizedStack } from "../../operations/stacks";

/** A stack of dev that nobody wrote to disk. */
export function devStack(layer: Layer): SynthesizedStack {
  return {
    name: `dev-${layer}`,
    environment: "dev",
    layer,
    folder: `/stacks/dev-${layer}`,
    dependsOn: [],
    resources: 1,
    state: { in: "bucket", bucket: "b", key: layer },
  };
}
