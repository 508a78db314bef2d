import { applyArguments, initArguments, planArguments } from "../../operations/engine";
import { RehearsalError } from "./rehearsal-error";
import type { StackEngine } from "./stack-engine";
import { stateObjects } from "./state-objects";

const planFile = "rehearsal.tfplan";

/** Validates a stack, and plans it from an empty state. @returns the plan, as JSON */
export async function planned(engine: StackEngine): Promise<string> {
  await engine.require(initArguments);
  await engine.require(["validate", "-no-color"]);
  await engine.require(planArguments(planFile));
  return (await engine.require(["show", "-json", planFile])).stdout;
}

/** Takes a stack on moto from nothing to nothing, with an empty plan in between. */
export async function appliedAndDestroyed(stack: string, engine: StackEngine): Promise<void> {
  await engine.require(initArguments);
  await engine.require(planArguments(planFile));
  await engine.require(applyArguments(planFile));
  const again = await engine.run([...planArguments(planFile), "-detailed-exitcode"]);
  if (again.exitCode === 2) {
    throw new RehearsalError(
      stack,
      "planned again on moto, and something would change; where AWS would keep it, add it to rehearsal/moto/lacking.json",
      again.stdout,
    );
  }
  if (again.exitCode !== 0) throw engine.failure(planArguments(planFile), again);
  await engine.require(["destroy", "-input=false", "-no-color", "-auto-approve"]);
  const left = stateObjects((await engine.require(["state", "pull"])).stdout).map(({ address }) => address);
  if (left.length > 0) throw new RehearsalError(stack, `${left.join(", ")} is left in the state after the destroy on moto`);
}
