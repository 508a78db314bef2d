import type { Arguments, TerraformJson } from "../../operations/terraform-json";
import { isValues } from "../protocol/values";
import table from "./lacking.json";

/** What moto cannot do, or does not do as AWS does it. */
export type Lacking =
  /** A resource type, because it does not have a call; service and operation, e.g. `eks:CreateAddon`. */
  | { readonly type: string; readonly call: string; readonly reason: string }
  /** A resource type that needs something which nobody has made in moto. */
  | { readonly type: string; readonly absent: string; readonly reason: string }
  /** Resources of a type that refer to what this reference begins with. */
  | { readonly type: string; readonly reference: string; readonly reason: string }
  /** Statements of a policy, by their effect: it does not evaluate them as AWS does. */
  | { readonly type: string; readonly argument: string; readonly statements: string; readonly reason: string }
  /** An argument, at the top of the resource, that it does not keep as it was given. */
  | { readonly type: string; readonly argument: string; readonly reason: string };

/** What is committed about moto, in `lacking.json`. */
export interface LackingTable {
  /** Version that this was found with. */
  readonly version: string;
  readonly lacking: readonly Lacking[];
}

/** What moto lacks. */
export const lackingTable: LackingTable = table;

/** A stack as far as moto carries it. */
export interface CarriedStack {
  readonly json: TerraformJson;
  /** Addresses of resources that were left out, some with the argument that was, as far as it had such statements. */
  readonly leftOut: readonly string[];
  /** Arguments whose changes a plan is told to ignore, as `<type>.<argument>`. */
  readonly ignored: readonly string[];
}

type Resources = NonNullable<TerraformJson["resource"]>;

/** Takes out of a stack what moto lacks, and what is made from that: resources and outputs that refer to it. */
export function carriedStack(json: TerraformJson, lacking = lackingTable.lacking): CarriedStack {
  const [leftOut, ignored] = [new Set<string>(), new Set<string>()];
  const withoutLacking = (values: Arguments | undefined, entry: Lacking, address: string) => {
    if (values === undefined) return undefined;
    if ("reference" in entry && !JSON.stringify(values).includes(`\${${entry.reference}`)) return values;
    if (!("argument" in entry)) {
      leftOut.add(address);
      return undefined;
    }
    if (!("statements" in entry)) {
      ignored.add(`${entry.type}.${entry.argument}`);
      return ignoring(values, entry.argument);
    }
    const left = withoutStatements(values, entry.argument, entry.statements);
    if (left !== values) leftOut.add(left === undefined ? address : `${address}.${entry.argument}`);
    return left;
  };
  let resource = mapResources(json.resource ?? {}, (values, type, address) => {
    const its = lacking.filter((entry) => entry.type === type);
    return its.reduce<Arguments | undefined>((left, entry) => withoutLacking(left, entry, address), values);
  });
  // What is left out takes along what refers to it, and that what refers to that.
  for (let before = -1; before !== leftOut.size;) {
    before = leftOut.size;
    for (const [name, value] of Object.entries(json.locals ?? {})) if (refersTo(value, leftOut)) leftOut.add(`local.${name}`);
    resource = mapResources(resource, (values, _, address) => {
      const free = withoutOrder(values, leftOut);
      if (!refersTo(free, leftOut)) return free;
      leftOut.add(address);
      return undefined;
    });
  }
  const locals = Object.fromEntries(Object.entries(json.locals ?? {}).filter(([name]) => !leftOut.has(`local.${name}`)));
  const output = Object.fromEntries(Object.entries(json.output ?? {}).filter(([, values]) => !refersTo(values, leftOut)));
  // The engine takes no empty section.
  const sections = Object.fromEntries(
    Object.entries({ ...json, locals, resource, output }).filter(([, section]) => Object.keys(section).length > 0),
  );
  return { json: sections as unknown as TerraformJson, leftOut: [...leftOut], ignored: [...ignored] };
}

/** Changes resources; those that become undefined are gone. */
function mapResources(
  resources: Resources,
  change: (values: Arguments, type: string, address: string) => Arguments | undefined,
): Resources {
  const ofType = (type: string, named: Resources[string]) =>
    Object.entries(named).flatMap(([name, values]) => {
      const changed = change(values, type, `${type}.${name}`);
      return changed === undefined ? [] : [[name, changed] as const];
    });
  const types = Object.entries(resources).map(([type, named]) => [type, ofType(type, named)] as const);
  return Object.fromEntries(types.filter(([, left]) => left.length > 0).map(([type, left]) => [type, Object.fromEntries(left)]));
}

function ignoring(values: Arguments, argument: string): Arguments {
  const lifecycle = isValues(values.lifecycle) ? values.lifecycle : {};
  const before: readonly unknown[] = Array.isArray(lifecycle.ignore_changes) ? lifecycle.ignore_changes : [];
  return { ...values, lifecycle: { ...lifecycle, ignore_changes: [...before, argument] } };
}

/** The same where the policy has no such statements; undefined where it has no others. */
function withoutStatements(values: Arguments, argument: string, effect: string): Arguments | undefined {
  const policy = JSON.parse(String(values[argument])) as { readonly Statement: readonly { readonly Effect: string }[] };
  const Statement = policy.Statement.filter(({ Effect }) => Effect !== effect);
  if (Statement.length === policy.Statement.length) return values;
  return Statement.length === 0 ? undefined : { ...values, [argument]: JSON.stringify({ ...policy, Statement }) };
}

/** What is created after something that is left out can do without it. */
function withoutOrder(values: Arguments, leftOut: ReadonlySet<string>): Arguments {
  const { depends_on: order } = values;
  return Array.isArray(order) ? { ...values, depends_on: order.filter((address) => !leftOut.has(String(address))) } : values;
}

/** Whether there is a reference to what an address names: `${a.b.id}` for `a.b`, but not for `a.b.i`. */
function refersTo(values: unknown, addresses: ReadonlySet<string>): boolean {
  if (Array.isArray(values)) return values.some((value) => refersTo(value, addresses));
  if (isValues(values)) return Object.values(values).some((value) => refersTo(value, addresses));
  if (typeof values !== "string" || !values.includes("${")) return false;
  return [...addresses].some((address) => new RegExp(`\\b${address.replaceAll(".", "\\.")}(?![\\w-])`).test(values));
}
