import type { Arguments } from "../../operations/terraform-json";
import type { Stacks } from "../checkov-report";

/** What checkov does not see, looked for in the Terraform of an environment. */
export interface Rule {
  /** What it demands, in words that follow "it holds that". */
  readonly demands: string;
  /** Every place where that is not so, a line each. */
  readonly problems: (stacks: Stacks) => readonly string[];
}

/** A resource with its place. */
export interface Resource {
  /** `<stack>: <type>.<name>` */
  readonly address: string;
  readonly type: string;
  readonly values: Arguments;
}

/** Every resource of an environment. */
export function resourcesOf(stacks: Stacks): readonly Resource[] {
  return Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, values]) => ({ address: `${stack}: ${type}.${name}`, type, values })),
    ),
  );
}

/** A value within a resource. */
export interface Leaf {
  /** Name of the argument, or of the one whose list it is in. */
  readonly name: string;
  /** Dotted, from the top of the resource. */
  readonly path: string;
  readonly value: unknown;
}

/** Every value within a resource that is no list and no block. */
export function leavesOf(value: unknown, path = "", name = ""): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, `${path}.${index}`, name));
  if (!isBlock(value)) return [{ name, path, value }];
  return Object.entries(value).flatMap(([key, below]) => (key === "//" ? [] : leavesOf(below, path === "" ? key : `${path}.${key}`, key)));
}

/** Whether a value is a block, or a map. */
export function isBlock(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The blocks at a place: cdktf writes a single one without a list. */
export function blocksOf(value: unknown): readonly Arguments[] {
  return (Array.isArray(value) ? value : [value]).filter(isBlock);
}
