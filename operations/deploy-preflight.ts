import { refuse } from "../constructs/shared/errors";
import type { AwsEnvironment } from "../environments/environment";
import { placeholdersOf } from "../environments/placeholders";
import { engineBinary } from "../environments/variables";
import { checkAccount, checkCredentials } from "./checks/aws-account";
import { guarded } from "./checks/check";
import { checkAwsCli, checkEngine } from "./checks/tools";
import { adviceLines, doctorExitCode } from "./doctor";
import { OperationError } from "./operation-error";
import type { Progress } from "./progress";
import type { CommandRunner } from "./run-command";

/**
 * Refuses what nobody owns: it would be deployed in the name of somebody else, or of nobody.
 * @throws ConfigurationError naming the variable that gives each value
 */
export function refusePlaceholders(environment: AwsEnvironment): void {
  refuse(
    placeholdersOf(environment).map(({ field, value, variable }) => ({
      path: environment.name,
      field,
      value,
      limit: field === "accountId" ? "an account of yours" : "a value of yours, not a placeholder",
      fix: variable ? `set ${variable}` : "write the real one",
    })),
  );
}

/**
 * Looks at everything that an environment on AWS needs of this shell before anything is done to it.
 * @throws ConfigurationError, OperationError saying how to get what is missing
 */
export async function preflight(environment: AwsEnvironment, run: CommandRunner, progress: Progress): Promise<void> {
  refusePlaceholders(environment);
  const findings = await progress.step("looking at this shell", async () => {
    const { finding, caller } = await checkCredentials(run, environment.region);
    return [
      await guarded("engine", () => checkEngine(run, engineBinary())),
      await guarded("aws CLI", () => checkAwsCli(run)),
      finding,
      checkAccount(environment, caller),
    ];
  });
  if (doctorExitCode(findings) === 0) return;
  throw new OperationError(["This shell is not ready:", ...adviceLines(findings)].join("\n  "));
}
