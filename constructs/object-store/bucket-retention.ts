import type { Environment } from "../../environments/environment";

/**
 * How versions are locked. In compliance mode nobody deletes one before its time, the account's root included, and nobody
 * shortens that: only then it is a retention. A disposable environment has to be destroyed at any time, so governance is all that it gets.
 */
export function retentionMode({ disposable }: Environment): "COMPLIANCE" | "GOVERNANCE" {
  return disposable ? "GOVERNANCE" : "COMPLIANCE";
}
