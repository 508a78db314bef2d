import { failureOf } from "../checks/check";
import { OperationError } from "../operation-error";
import type { CommandResult, CommandRunner } from "../run-command";

/** kubectl for one cluster, never for whichever the reader's own context names. */
export class Kubectl {
  /**
   * @param run runs commands of this machine
   * @param flags name the kubeconfig and the context
   */
  constructor(
    private readonly run: CommandRunner,
    private readonly flags: readonly string[],
  ) {}

  /** Asks, whatever the answer. @param seconds longest time. @default 60 */
  ask(args: readonly string[], seconds = 60): Promise<CommandResult> {
    return this.run("kubectl", [...this.flags, ...args], { seconds });
  }

  /** What it prints. @throws OperationError when it fails */
  async text(args: readonly string[], seconds?: number): Promise<string> {
    const result = await this.ask(args, seconds);
    if (result.outcome === "ended" && result.exitCode === 0) return result.stdout;
    throw new OperationError(`kubectl ${args.slice(0, 2).join(" ")} failed: ${failureOf(result)}`);
  }

  /**
   * Fields of all objects of a type, in all namespaces. Whole objects would be too much to read.
   * @param fields in JSONPath, e.g. `.metadata.name`
   * @throws OperationError when it fails
   */
  async fields(types: string, fields: readonly string[]): Promise<readonly (readonly string[])[]> {
    const row = fields.map((field) => `{${field}}`).join('{"\\t"}');
    const text = await this.text(["get", types, "--all-namespaces", "--output", `jsonpath={range .items[*]}${row}{"\\n"}{end}`]);
    const lines = text.split("\n").filter((line) => line !== "");
    return lines.map((line) => line.split("\t"));
  }
}
