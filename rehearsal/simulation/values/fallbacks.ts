import type { CtyType } from "../../schemas/provider-schema";
import { allTags, arn, regionOf } from "./aws-values";
import { moment, textAt, uuid } from "./common-values";
import type { ValueContext } from "./value-table";

/** Any port will do. */
const somePort = 8443;

/** Texts by the attribute's name; the first that fits. */
const textsByName: readonly (readonly [RegExp, (context: ValueContext, name: string) => string])[] = [
  [/(^|_)(account|owner|registry)_id$/, ({ account }) => account],
  [/(^|_)arn$/, (context, name) => arn(context, nounOf(context).service, `${kindOf(context, name, "arn")}/${context.hex(17, name)}`)],
  [/^uid$|(^|_)uuid$/, (context, name) => uuid(context, name)],
  [/^unique_id$/, (context, name) => context.hex(21, name).toUpperCase()],
  [/^id$/, (context) => textAt(context, "name") ?? `${nounOf(context).kind}-${context.hex(17)}`],
  [/_id$/, (context, name) => `${kindOf(context, name, "id")}-${context.hex(17, name)}`],
  [/(^|_)region$/, regionOf],
  [/(^|_)availability_zone$/, (context) => `${regionOf(context)}a`],
  [/(^|_)(json|policy)$/, () => JSON.stringify({ Version: "2012-10-17", Statement: [] })],
  [/(^|_)(dns|domain)_name$/, (context, name) => `${nounOf(context).kind}-${context.hex(8, name)}.${regionOf(context)}.amazonaws.com`],
  [/(^|_)(endpoint|url)$/, (context, name) => `https://${nounOf(context).kind}-${context.hex(8, name)}.${regionOf(context)}.amazonaws.com`],
  [/_(at|date|time)$/, () => moment],
  [/(^|_)version$/, () => "1"],
  [/(^|_)(state|status)$/, () => "ACTIVE"],
];

/**
 * A value for a computed attribute that no table has: readable, the same in every run, and of the right type.
 * @param name the attribute's name, which says more than its type does
 */
export function fallbackValue(name: string, type: CtyType, context: ValueContext): unknown {
  if (name === "tags_all") return allTags(context) ?? {};
  if (typeof type !== "string") return collection(type, context);
  switch (type) {
    case "string":
      return text(name, context);
    case "number":
      return /(^|_)port$/.test(name) ? somePort : 0;
    case "bool":
      return false;
    case "dynamic":
      return null;
  }
}

function collection(type: Exclude<CtyType, string>, context: ValueContext): unknown {
  switch (type[0]) {
    case "list":
    case "set":
      return [];
    case "map":
      return {};
    case "tuple":
      return type[1].map((part, index) => fallbackValue(`part_${index}`, part, context));
    case "object":
      return Object.fromEntries(Object.entries(type[1]).map(([name, part]) => [name, fallbackValue(name, part, context)]));
  }
}

function text(name: string, context: ValueContext): string {
  const [, make] = textsByName.find(([pattern]) => pattern.test(name)) ?? [];
  return make?.(context, name) ?? `${dashed(name)}-${context.hex(8, name)}`;
}

/** What a type is called: `aws_lb_target_group` is a `lb` and a `target-group`. */
function nounOf({ type }: ValueContext): { readonly service: string; readonly kind: string } {
  const [, service = "", ...kind] = type.split("_");
  return { service, kind: kind.join("-") || service };
}

/** What another thing is called: `network_interface_id` is of a `network-interface`. */
function kindOf(context: ValueContext, name: string, ending: string): string {
  return name === ending ? nounOf(context).kind : dashed(name.slice(0, -ending.length - 1));
}

function dashed(name: string): string {
  return name.replaceAll("_", "-");
}
