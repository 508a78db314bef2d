/** A plan as `show -json` tells it: the parts that are read here. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** What a plan would do to one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action_reason?: string;
  /** Where the resource was before a move. */
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    /** Set where the resource is taken over rather than made. */
    readonly importing?: unknown;
    /** `true` where a value is known after the apply only. */
    readonly after_unknown?: unknown;
    /** Arguments that force a replacement. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** What a plan would do, counted as the engine does: a replacement is one to add and one to destroy. */
export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  /** Outputs that change. */
  readonly outputs: number;
  /** Resources that only the state sees: moved, taken over or forgotten. */
  readonly bookkeeping: number;
}

/** Reads what `show -json` printed. */
export function parsePlan(json: string): PlanJson {
  return JSON.parse(json) as PlanJson;
}

/** Counts what a plan would do. */
export function countChanges(plan: PlanJson): ChangeCounts {
  const changes = plan.resource_changes ?? [];
  const count = (action: string) => changes.filter(({ change }) => change.actions.includes(action)).length;
  const outputs = Object.values(plan.output_changes ?? {}).filter(({ actions }) => actions.some((action) => action !== "no-op")).length;
  const bookkeeping = changes.filter(
    ({ previous_address, change }) => previous_address !== undefined || change.importing !== undefined || change.actions.includes("forget"),
  ).length;
  return { add: count("create"), change: count("update"), destroy: count("delete"), outputs, bookkeeping };
}

/** Whether nothing would change. */
export function isEmpty({ add, change, destroy, outputs, bookkeeping }: ChangeCounts): boolean {
  return add + change + destroy + outputs + bookkeeping === 0;
}

/** E.g. `1 to add, 0 to change, 1 to destroy`. */
export function describeCounts(counts: ChangeCounts): string {
  if (isEmpty(counts)) return "no changes";
  const { add, change, destroy, outputs, bookkeeping } = counts;
  const inState = bookkeeping === 0 ? "" : `, ${bookkeeping} moved, taken over or forgotten`;
  if (add + change + destroy + bookkeeping === 0) return outputs === 1 ? "1 output changes" : `${outputs} outputs change`;
  return `${add} to add, ${change} to change, ${destroy} to destroy${inState}`;
}

/** A Kind cluster that a plan would take down. */
export interface LostCluster {
  readonly address: string;
  readonly cluster: string;
  readonly fate: "replaced" | "destroyed";
  /** Why, in words: `<argument>: <before> -> <after>`. */
  readonly reasons: readonly string[];
}

/** The Kind clusters that a plan would take down, with all that is in them. */
export function lostClusters(plan: PlanJson): readonly LostCluster[] {
  return (plan.resource_changes ?? [])
    .filter(({ type, change }) => type === "kind_cluster" && change.actions.includes("delete"))
    .map((resource) => ({
      address: resource.address,
      cluster: nameOf(resource.change.before) ?? resource.address,
      fate: resource.change.actions.includes("create") ? "replaced" : "destroyed",
      reasons: reasonsOf(resource),
    }));
}

/** Whether a plan makes a Kind cluster where the state has none. */
export function createsCluster(plan: PlanJson): boolean {
  return (plan.resource_changes ?? []).some(({ type, change }) => type === "kind_cluster" && change.actions.join() === "create");
}

/** Most reasons that are listed: one worker more shifts all that follow. */
const mostReasons = 10;

function reasonsOf({ change, action_reason }: ResourceChange): readonly string[] {
  if (action_reason === "replace_because_tainted") return ["it was not finished when it was made (tainted)"];
  if (!change.actions.includes("create")) return ["it is no longer in the configuration"];
  const roots = (change.replace_paths ?? []).map(([root]) => root);
  const reasons = [...differences(change.before, change.after, change.after_unknown, [])]
    .filter(({ path }) => roots.includes(path[0]))
    .map(({ path, before, after }) => `${path.join(".")}: ${show(before)} -> ${show(after)}`);
  if (reasons.length === 0) return roots.map((root) => `${root}`);
  const rest = reasons.length - mostReasons;
  return rest > 0 ? [...reasons.slice(0, mostReasons), `and ${rest} more`] : reasons;
}

interface Difference {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

function* differences(before: unknown, after: unknown, unknown: unknown, path: readonly string[]): Generator<Difference> {
  if (unknown === true) return; // computed: it follows from the others
  if (isTree(before) && isTree(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* differences(before[key], after[key], isTree(unknown) ? unknown[key] : undefined, [...path, key]);
    }
  } else if ((before ?? null) !== (after ?? null)) {
    yield { path, before, after };
  }
}

/** An object, or an array by its indices. */
function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function show(value: unknown): string {
  return value === undefined || value === null ? "nothing" : JSON.stringify(value);
}

function nameOf(value: unknown): string | undefined {
  return isTree(value) && typeof value.name === "string" ? value.name : undefined;
}
