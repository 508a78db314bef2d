import type { ITerraformDependable } from "cdktf";

/** What something else can need: it is there once all of this is. */
export interface Installed {
  readonly installed: readonly ITerraformDependable[];
}
