import { OperationError } from "../../operations/operation-error";
import { requireLayers, type SynthesizedStack } from "../../operations/stacks";

/** How much of its rehearsal a stack gets: all of it, or only an apply, because others need its outputs. */
export type Scope = "whole" | "applied";

/** A stack, and how much of it is rehearsed. */
export interface ScopedStack {
  readonly stack: SynthesizedStack;
  readonly scope: Scope;
}

/** What the impatient ask for. */
export interface ScopeOptions {
  /** The first layer that is rehearsed, in the order of deployment. @default the first of all */
  readonly from?: string;
  /** The layers that are rehearsed. @default all */
  readonly only?: readonly string[];
}

/**
 * The stacks of an environment that are rehearsed: those before are only applied, those after left out.
 * @param stacks in the order of deployment
 * @throws OperationError for a layer that the environment does not have
 */
export function scopedStacks(stacks: readonly SynthesizedStack[], { from, only }: ScopeOptions): readonly ScopedStack[] {
  requireLayers(stacks, stacks[0]?.environment ?? "", [...(from === undefined ? [] : [from]), ...(only ?? [])]);
  const layers = stacks.map(({ layer }) => layer);
  const first = from === undefined ? 0 : layers.findIndex((layer) => layer === from);
  const whole = layers.map((layer, index) => index >= first && (only === undefined || only.includes(layer)));
  const last = whole.lastIndexOf(true);
  if (last < 0)
    throw new OperationError(`no layer is left to rehearse: ${(only ?? []).join(", ")} is before ${from}; give one of --from and --only`);
  return stacks.slice(0, last + 1).map((stack, index) => ({ stack, scope: whole[index] ? "whole" : "applied" }));
}
