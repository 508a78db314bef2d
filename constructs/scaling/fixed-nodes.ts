import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { INodeScaling } from "./node-scaling";

/**
 * The nodes that the cluster came with, and no others: a laptop has those that Kind made, and in the cloud an environment
 * may have groups without overflow. A pod that finds no room waits. It has no resources.
 */
export class FixedNodes extends Construct implements INodeScaling {
  readonly growingGroups: readonly string[] = [];
  readonly installed: readonly ITerraformDependable[] = [];
}
