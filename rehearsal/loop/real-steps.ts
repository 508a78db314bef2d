import { RehearsalError } from "./rehearsal-error";
import type { StackEngine } from "./stack-engine";

/** Validates a stack, and plans it from an empty state. @returns the plan, as JSON */
export async function planned(engine: StackEngine): Promise<string> {
  await engine.init();
  await engine.validate();
  return engine.planJson();
}

/** Takes a stack on moto from nothing to nothing, with an empty plan in between. */
export async function appliedAndDestroyed(stack: string, engine: StackEngine): Promise<void> {
  await engine.init();
  await engine.plan();
  await engine.apply();
  const changes = await engine.changes();
  if (changes !== undefined) {
    const advice = "where AWS would keep it, add it to rehearsal/moto/lacking.json";
    throw new RehearsalError(stack, `planned again on moto, and something would change; ${advice}`, changes);
  }
  await engine.destroy();
  const left = (await engine.stored()).map(({ address }) => address);
  if (left.length > 0) throw new RehearsalError(stack, `${left.join(", ")} is left in the state after the destroy on moto`);
}
