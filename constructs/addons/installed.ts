import { TerraformElement, TerraformStack, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

/** What something else can need: it is there once all of this is. */
export interface Installed {
  readonly installed: readonly ITerraformDependable[];
}

/** What of it is in the same stack. Other stacks are deployed before, and Terraform knows no address in them. */
export function installedBeside(scope: Construct, requires: readonly Installed[]): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  return requires
    .flatMap(({ installed }) => installed)
    .filter((part) => !TerraformElement.isTerraformElement(part) || TerraformStack.of(part) === stack);
}
