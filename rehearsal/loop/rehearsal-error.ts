import { OperationError } from "../../operations/operation-error";

/** A stack did not come through its rehearsal. */
export class RehearsalError extends OperationError {
  override readonly name = "RehearsalError";

  /** @param proof the engine's own words, whole. @default none */
  constructor(stack: string, problem: string, proof = "") {
    super([`${stack}: ${problem}`, ...(proof.trim() === "" ? [] : [proof.trim()])].join("\n"));
  }
}
