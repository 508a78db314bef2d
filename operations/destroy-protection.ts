import { unprotectedOutput } from "./deploy-state";
import { liftedProtection, liftsOnly } from "./lifted-protection";
import { OperationError } from "./operation-error";
import type { PlanJson } from "./plan-changes";
import { readStackFiles, stackBeside } from "./release-files";
import type { SynthesizedStack } from "./stacks";
import type { TerraformJson } from "./terraform-json";

/** Addresses of a stack that the engine, or the cloud itself, refuses to destroy. */
export function protectedIn(stack: SynthesizedStack): readonly string[] {
  const { prevented, refused } = liftedProtection(configurationOf(stack));
  return [...new Set([...prevented, ...refused])];
}

/**
 * A stack without its protection, beside the one that was synthesized: that one stays protected, whatever becomes of this command.
 * @param change further changes of its configuration, as an override. @default none
 */
export function unprotectedStack(
  stack: SynthesizedStack,
  change: Pick<TerraformJson, "resource"> & { readonly terraform?: object } = {},
): SynthesizedStack {
  const files = readStackFiles(stack.folder);
  const { resource: lifted } = liftedProtection(configurationOf(stack));
  const types = [...new Set([...Object.keys(lifted), ...Object.keys(change.resource ?? {})])];
  const resource = Object.fromEntries(types.map((type) => [type, mergedByName(lifted[type], change.resource?.[type])]));
  const override = { ...change, ...(types.length > 0 ? { resource } : {}) };
  // An override may only change what there is; the mark is new.
  const mark = { output: { [unprotectedOutput]: { value: true } } };
  return stackBeside(stack, "unprotected", {
    ...files,
    "unprotected_override.tf.json": JSON.stringify(override),
    "unprotected.tf.json": JSON.stringify(mark),
  });
}

/**
 * Refuses a plan that does more than to lift protection.
 * @throws OperationError naming what else would change
 */
export function refuseMore({ resource_changes = [], output_changes = {} }: PlanJson, stack: SynthesizedStack): void {
  const resources = resource_changes
    .filter((change) => !["no-op", "read"].includes(change.change.actions.join()) && !liftsOnly(change))
    .map(({ address, change }) => `${change.actions.join(", then ")} ${address}`);
  const outputs = Object.entries(output_changes)
    .filter(([name, { actions }]) => name !== unprotectedOutput && actions.join() !== "no-op")
    .map(([name, { actions }]) => `${actions.join(", then ")} output ${name}`);
  if (resources.length + outputs.length === 0) return;
  throw new OperationError(
    [
      `${stack.name}: lifting the protection would do more. Nothing was changed in this layer.`,
      ...resources,
      ...outputs,
      `Deploy first, so that nothing else is left to do: npm run deploy -- ${stack.environment}`,
    ].join("\n  "),
  );
}

function configurationOf({ folder }: SynthesizedStack): TerraformJson {
  return JSON.parse(readStackFiles(folder)["cdk.tf.json"] ?? "{}") as TerraformJson;
}

type Named = NonNullable<TerraformJson["resource"]>[string];

function mergedByName(one: Named = {}, other: Named = {}): Named {
  return Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [name, { ...one[name], ...other[name] }]),
  );
}
