import { providers } from "../../constructs/shared/providers";
import { OperationError } from "../../operations/operation-error";
import type { RehearseOptions } from "./rehearse";

/** Providers that can be the real ones. */
const realOnes = ["aws"];

/**
 * What `--provider <name>=<real|simulated>` and `--apply` ask for.
 * @param choices as they were typed; of two for one provider the later counts
 * @throws OperationError when there is no such choice
 */
export function chosenProviders(choices: readonly string[], apply = false): Pick<RehearseOptions, "real"> {
  const problems = choices.flatMap((choice) => problemOf(choice));
  const isReal = choices.filter((choice) => choice.startsWith("aws=")).at(-1) === "aws=real";
  if (apply && !isReal && problems.length === 0) problems.push("--apply is given, must come with --provider aws=real; add that");
  if (problems.length > 0) throw new OperationError(problems.join("\n"));
  return isReal ? { real: { apply } } : {};
}

function problemOf(choice: string): readonly string[] {
  const [, name = "", kind = ""] = /^([a-z]+)=(real|simulated)$/.exec(choice) ?? [];
  const fault = (must: string, advice: string) => [`--provider is ${choice}, must be ${must}; ${advice}`];
  if (!(name in providers)) {
    return fault("<name>=real or <name>=simulated", `the providers are ${Object.keys(providers).join(", ")}`);
  }
  if (kind === "simulated" || realOnes.includes(name)) return [];
  return fault(`${name}=simulated`, `only ${realOnes.join(", ")} can be real, the others need a cluster to talk to`);
}
