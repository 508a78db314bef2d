/** Something that a person can mend: whoever catches it at the top prints the message without a stack trace. */
export class OperationError extends Error {
  override readonly name: string = "OperationError";

  /** @param exitCode what the command ends with. @default 1 */
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
