import type { TerraformJson } from "../../operations/terraform-json";
import type { ServedStack } from "./messages";

/** What simulated providers have to know of a stack to serve it: its providers, and no types but its own. */
export function servedStack(stack: string, { terraform, resource = {}, data = {} }: TerraformJson): ServedStack {
  return {
    stack,
    sources: Object.values(terraform.required_providers).map(({ source }) => source),
    types: [...Object.keys(resource), ...Object.keys(data).map((type) => `data.${type}`)],
  };
}
