import type { IConstruct } from "constructs";
import type { Problem } from "./errors";

/** What can only be judged once everything has been composed. */
export interface Composed extends IConstruct {
  problems(): readonly Problem[];
}

/** Whether a construct has something to say after composition. */
export function isComposed(construct: IConstruct): construct is Composed {
  return "problems" in construct && typeof construct.problems === "function";
}
