import { existsSync, readFileSync, statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { OperationError } from "./operation-error";

/** A Terraform state, as far as it is read here (format version 4, which Terraform and OpenTofu share). */
export interface State {
  /** Given when a state is first written. It proves nothing here: `init -migrate-state` gives a new one (Terraform 1.11.4). */
  readonly lineage: string;
  /** Counts the writes. */
  readonly serial: number;
  readonly resources: readonly StateResource[];
}

interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly status?: string; readonly attributes?: { readonly id?: unknown; readonly name?: unknown } }[];
}

/**
 * Reads a state file; undefined when there is none, or an empty one, which the engine makes when it takes the lock.
 * @throws OperationError when it is no state
 */
export function readStateFile(path: string): State | undefined {
  if (!existsSync(path) || statSync(path).size === 0) return undefined;
  return parseState(readFileSync(path, "utf8"), path, `Bring back a good copy (${path}.backup is one write older), or move it away.`);
}

/**
 * Reads a state.
 * @param where is named when it is none
 * @param remedy what to do then
 * @throws OperationError when it is no state
 */
export function parseState(json: string, where: string, remedy: string): State {
  try {
    const state = JSON.parse(json) as Partial<State> | null;
    if (typeof state?.lineage === "string" && typeof state.serial === "number") {
      return { lineage: state.lineage, serial: state.serial, resources: state.resources ?? [] };
    }
  } catch {
    // It is told below.
  }
  throw new OperationError(`${where} is no Terraform state. Nothing was changed. ${remedy}`);
}

/** Whether two states list the same resources with the same attributes. */
export function sameResources(one: State, other: State): boolean {
  return isDeepStrictEqual(one.resources, other.resources);
}

/**
 * Whether a state lists all that an earlier one lists, by the ids that AWS gave out. Two deployments of the same stack
 * have names in common, but never the id of a key.
 */
export function continues(later: State, earlier: State): boolean {
  const ids = (state: State) =>
    new Set(managed(state).map(({ type, name, instances }) => `${type}.${name} ${JSON.stringify(idsOf(instances))}`));
  const found = ids(later);
  return [...ids(earlier)].every((id) => found.has(id));
}

/** Addresses of resources that the engine would destroy and make again, because their creation was not seen to end. */
export function taintedIn(state: State): readonly string[] {
  return managed(state)
    .filter(({ instances }) => instances.some(({ status }) => status === "tainted"))
    .map(({ type, name }) => `${type}.${name}`);
}

/** E.g. `lineage 7c2f…, serial 4, 17 resources, key 0a1b…`. */
export function describeStateContent(state: State): string {
  const resources = managed(state);
  const keys = resources.filter(({ type }) => type === "aws_kms_key").flatMap(({ instances }) => idsOf(instances));
  const count = resources.length === 1 ? "1 resource" : `${resources.length} resources`;
  return [`lineage ${state.lineage}`, `serial ${state.serial}`, count, ...keys.map((id) => `key ${String(id)}`)].join(", ");
}

function managed({ resources }: State): readonly StateResource[] {
  return resources.filter(({ mode }) => mode === "managed");
}

function idsOf(instances: StateResource["instances"]): readonly unknown[] {
  return instances.map(({ attributes }) => attributes?.id);
}
