import { isDeepStrictEqual } from "node:util";
import type { ResourceChange } from "./plan-changes";
import type { Arguments, TerraformJson } from "./terraform-json";

/** Arguments by which a cloud itself refuses to delete a thing. */
export const cloudProtections = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"] as const;

/** A stack's protection from being destroyed, and how it is lifted. */
export interface LiftedProtection {
  /** Addresses that the engine itself refuses to destroy. */
  readonly prevented: readonly string[];
  /** Addresses that the cloud refuses to delete until an apply has changed them. */
  readonly refused: readonly string[];
  /** `resource` of an override file that lifts both. Other arguments, and the rest of `lifecycle`, stay as they are. */
  readonly resource: NonNullable<TerraformJson["resource"]>;
}

/** How the protection of a stack is lifted: by an override file, an apply where {@link LiftedProtection.refused} has any, and a destroy. */
export function liftedProtection({ resource = {} }: TerraformJson): LiftedProtection {
  const found = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, values]) => ({ type, name, prevented: isPrevented(values), arguments: refusing(values) })),
  );
  const lifted: Record<string, Record<string, Arguments>> = {};
  for (const { type, name, prevented, arguments: refusals } of found) {
    if (!prevented && refusals.length === 0) continue;
    (lifted[type] ??= {})[name] = {
      ...(prevented ? { lifecycle: { prevent_destroy: false } } : {}),
      ...Object.fromEntries(refusals.map((argument) => [argument, false])),
    };
  }
  const address = ({ type, name }: { readonly type: string; readonly name: string }) => `${type}.${name}`;
  return {
    prevented: found.filter(({ prevented }) => prevented).map(address),
    refused: found.filter(({ arguments: refusals }) => refusals.length > 0).map(address),
    resource: lifted,
  };
}

/** Whether a change does nothing but lift the cloud's own protection. */
export function liftsOnly({ change: { actions, before, after } }: Pick<ResourceChange, "change">): boolean {
  if (actions.join() !== "update" || !isObject(before) || !isObject(after)) return false;
  const changed = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return changed.every((name) => cloudProtections.some((protection) => protection === name));
}

function isObject(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null;
}

function isPrevented({ lifecycle }: Arguments): boolean {
  return typeof lifecycle === "object" && lifecycle !== null && "prevent_destroy" in lifecycle && lifecycle.prevent_destroy === true;
}

function refusing(values: Arguments): readonly string[] {
  return cloudProtections.filter((argument) => values[argument] === true);
}
