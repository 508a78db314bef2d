import { actionsOf, granted } from "./granted";
import { grantsOf, type Grant } from "./grants";
import { ReachabilityGraph, type Edge, type Node } from "./graph";
import { applications, entered, matrix, observers, roles, type Role, type Row, type Target } from "./matrix";
import { portText, textsOf } from "./ports";
import { Ranges } from "./ranges";
import { unwrittenPods } from "./unwritten-pods";
import { WrittenStacks } from "./written-stacks";

/** Parsed `cdk.tf.json` of every stack of an environment, by the stacks' names. */
export type Stacks = Readonly<Record<string, unknown>>;

/** What an environment and the matrix do not agree on, a line for each edge. */
export interface Difference {
  /** What the matrix says and the environment does not allow. */
  readonly missing: readonly string[];
  /** What the environment allows and the matrix does not say. */
  readonly open: readonly string[];
}

/** An environment beside the matrix. */
export class Comparison {
  readonly graph: ReachabilityGraph;
  private readonly watchedPods: ReadonlySet<string>;
  private readonly names = new Map<string, readonly string[]>();

  constructor(
    private readonly target: Target,
    private readonly stacks: Stacks,
  ) {
    this.graph = new ReachabilityGraph(
      stacks,
      unwrittenPods.filter(({ on = target }) => on === target),
    );
    this.watchedPods = new Set(this.graph.nodes.filter(isWatched).map(({ name }) => name));
  }

  /** What the two do not agree on, both ways. */
  difference(): Difference {
    const senders = this.watchedPods;
    const receivers = new Set([...senders, ...entered[this.target].flatMap((role) => this.nodesOf(role))]);
    const found = this.graph.edges((from, to) => senders.has(from.name) || receivers.has(to.name));
    const reachable = new Set(found.map(line));
    const expected = new Set(linesOf(matrix.flatMap((row) => this.expected(row))));
    return between(expected, reachable);
  }

  /** What a row of the matrix means here. */
  expected({ from, to, ports, part, on = this.target, environment }: Row): readonly Edge[] {
    if (on !== this.target || !this.isIn(environment)) return [];
    return [from].flat().flatMap((sender) =>
      [to].flat().flatMap((receiver) => {
        const open = ports ?? this.roleOf(receiver)?.ports;
        if (open === undefined) throw new Error(`the matrix has no port for ${sender} to ${receiver}`);
        return this.pairs(sender, receiver).flatMap((pair) => open.map((port) => ({ ...pair, port: part ? `${port} (part)` : port })));
      }),
    );
  }

  /** Stacks have the name of their environment in front. */
  private isIn(environment: string | undefined): boolean {
    return environment === undefined || Object.keys(this.stacks).every((name) => name.startsWith(`${environment}-`));
  }

  private pairs(sender: string, receiver: string): readonly Omit<Edge, "port">[] {
    const [senders, receivers] = [this.nodesOf(sender), this.nodesOf(receiver)];
    const isOurs = (name: string) => this.watchedPods.has(name);
    return [
      ...product(senders, receivers),
      ...product(senders.filter(isOurs), this.within(receiver)),
      ...product(this.within(sender), receivers.filter(isOurs)),
    ];
  }

  /** Names of the nodes that a name in the matrix means. @throws when pods or a place are not there: the matrix speaks of what is */
  private nodesOf(name: string): readonly string[] {
    const known = this.names.get(name);
    if (known) return known;
    const meant = roles[name] ? (this.roleOf(name)?.nodes ?? []) : [name];
    const found = this.graph.nodes.filter((node) => meant.includes(node.name) || (node.kind === "service" && meant.includes(node.type)));
    // A database may have a proxy, or none.
    if (found.length === 0 && !name.startsWith("aws_")) throw new Error(`the matrix speaks of ${name}, which is not there`);
    const names = found.map((node) => node.name);
    this.names.set(name, names);
    return names;
  }

  private within(name: string): readonly string[] {
    const place = this.roleOf(name)?.within;
    return place === undefined ? [] : [place];
  }

  private roleOf(name: string): Role | undefined {
    return roles[name]?.[this.target];
  }
}

/** What pods of the applications and of what watches them may do, beside what was written by hand. */
export function differenceOfGrants(target: Target, stacks: Stacks): Difference {
  const inWatched = ({ pods }: Grant) => [...applications, ...observers].some((namespace) => pods.startsWith(`${namespace}/`));
  const told = ({ pods, action, on }: Grant) => `${pods} ${action} ${on}`;
  const found = new Set(grantsOf(new WrittenStacks(stacks), unwrittenPods).filter(inWatched).map(told));
  const rows = granted.filter(({ target: on = target }) => on === target);
  const expected = new Set(
    rows.flatMap((row) => row.pods.flatMap((pods) => actionsOf(row, target).map((action) => told({ pods, action, on: row.on })))),
  );
  return between(expected, found);
}

/** Pods in the namespaces of the applications and of what watches them, and those that the layer of the applications puts elsewhere. */
function isWatched(node: Node): boolean {
  return node.kind === "pods" && ([...applications, ...observers].includes(node.namespace) || (node.stack ?? "").endsWith("-apps"));
}

function between(expected: ReadonlySet<string>, found: ReadonlySet<string>): Difference {
  return {
    missing: [...expected].filter((line) => !found.has(line)).sort(),
    open: [...found].filter((line) => !expected.has(line)).sort(),
  };
}

function line({ from, to, port }: Edge): string {
  return `${from} -> ${to} ${port}`;
}

/** Edges between the same two as one range of ports, where their ports are side by side. */
function linesOf(edges: readonly Edge[]): readonly string[] {
  const isPart = ({ port }: Edge) => port.endsWith(" (part)");
  const byPair = new Map<string, readonly Edge[]>();
  for (const edge of edges.filter((each) => !isPart(each))) {
    const pair = line({ ...edge, port: "" });
    byPair.set(pair, [...(byPair.get(pair) ?? []), edge]);
  }
  const whole = [...byPair].flatMap(([pair, same]) =>
    textsOf(Ranges.union(same.map(({ port }) => portText(port)))).map((port) => pair + port),
  );
  return [...whole, ...edges.filter(isPart).map(line)];
}

function product(senders: readonly string[], receivers: readonly string[]): readonly Omit<Edge, "port">[] {
  return senders.flatMap((from) => receivers.map((to) => ({ from, to })));
}
