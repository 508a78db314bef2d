import { createHash } from "node:crypto";
import { valueTable } from "../../../../rehearsal/simulation/values/tables";
import type { ValueContext } from "../../../../rehearsal/simulation/values/value-table";

/** A resource of the given type, in an account and a region that the tests name. */
export function valueContext(
  type: string,
  values: ValueContext["values"] = {},
  changes: Partial<ValueContext> & { readonly key?: string } = {},
) {
  const { key = "one", ...others } = changes;
  return {
    type,
    values,
    account: "111122223333",
    region: "eu-central-1",
    defaultTags: { Project: "ml-platform" },
    hex: (length: number, purpose = "") => createHash("sha256").update(`${key} ${purpose}`).digest("hex").slice(0, length),
    ...others,
  };
}

/** What the table says of a resource after it was applied. */
export function appliedValue(path: string, ...resource: Parameters<typeof valueContext>): unknown {
  return tableEntry("applied", path, resource);
}

/** What the table says of a resource that is planned. */
export function plannedValue(path: string, ...resource: Parameters<typeof valueContext>): unknown {
  return tableEntry("planned", path, resource);
}

function tableEntry(when: "planned" | "applied", path: string, [type, ...rest]: Parameters<typeof valueContext>): unknown {
  const value = valueTable[type]?.[when]?.[path];
  if (value === undefined) throw new Error(`the table of ${type} has no ${path} that is ${when}`);
  return value(valueContext(type, ...rest));
}
