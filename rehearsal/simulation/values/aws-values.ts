import { characters, textAt } from "./common-values";
import type { SimulatedValue, ValueContext, ValuesByPath } from "./value-table";

/** Where a resource is: since version 6 the AWS provider says so of each that has a region. */
export const regional: ValuesByPath = { region: ({ region }) => region };

/** What tagged resources have. */
export const tagged: ValuesByPath = { tags_all: allTags };

/** The region of a resource. */
export function regionOf(context: ValueContext): string {
  return textAt(context, "region") ?? context.region;
}

/** ARN of what is in a region. @param resource what comes after the account, e.g. `vpc/vpc-…` */
export function arn(context: ValueContext, service: string, resource: string): string {
  return `arn:aws:${service}:${regionOf(context)}:${context.account}:${resource}`;
}

/** An id as EC2 gives them: a prefix and 17 digits. @param purpose for ids of others than the resource itself */
export function ec2Id(prefix: string, purpose?: string): SimulatedValue {
  return (context) => `${prefix}-${context.hex(17, purpose)}`;
}

/** What most things of EC2 have. @param kind as in the ARN */
export function ec2Object(prefix: string, kind: string): ValuesByPath {
  return {
    id: ec2Id(prefix),
    arn: (context) => arn(context, "ec2", `${kind}/${prefix}-${context.hex(17)}`),
    owner_id: ({ account }) => account,
  };
}

/** The name of a resource: its own, else generated as the provider does, with a time and a number after the prefix. */
export function nameOf(context: ValueContext, name = "name"): string {
  return textAt(context, name) ?? `${textAt(context, `${name}_prefix`) ?? "terraform-"}202601011200000000${context.hex(8, name)}`;
}

/** A name that may be generated. @param name the argument's name; its prefix is `<name>_prefix` */
export function generatedName(name = "name"): ValuesByPath {
  return {
    [name]: (context) => nameOf(context, name),
    [`${name}_prefix`]: (context) => (textAt(context, name) === undefined ? "terraform-" : ""),
  };
}

/** Names that a resource has from its arguments, joined. */
export function joined(separator: string, ...names: readonly string[]): SimulatedValue {
  return (context) => {
    const parts = names.map((name) => textAt(context, name));
    return parts.includes(undefined) ? undefined : parts.join(separator);
  };
}

/** Upper-case letters and digits after a prefix, as in unique ids of IAM and ids of hosted zones. */
export function codeAfter(prefix: string, length: number, purpose = ""): SimulatedValue {
  return (context) => prefix + characters(length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", context, purpose);
}

/** A text that the resource has, else a default of the API. */
export function textOr(fallback: string, ...path: readonly string[]): SimulatedValue {
  return (context) => textAt(context, ...path) ?? fallback;
}

/**
 * Tags of a resource over those of the provider. Undefined when one of its own is not known yet, and when a new resource has
 * none: the provider leaves that open, too.
 */
export function allTags({ values, defaultTags, prior }: ValueContext): Readonly<Record<string, string>> | undefined {
  const tags = values.tags === null ? {} : values.tags;
  if (typeof tags !== "object" || tags === null) return undefined;
  const own = Object.entries(tags as Readonly<Record<string, string | null | undefined>>);
  if (own.some(([, value]) => value === undefined)) return undefined;
  const set = own.filter((tag): tag is [string, string] => tag[1] !== null);
  const all = { ...defaultTags, ...Object.fromEntries(set) };
  return prior !== undefined || Object.keys(all).length > 0 ? all : undefined;
}
