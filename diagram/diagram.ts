/** What an environment consists of and who talks to whom, to be drawn: capabilities and workloads, not single resources. */
export interface Diagram {
  /** Name of the environment. */
  readonly environment: string;
  readonly title: string;
  /** What is outside of every group: where requests come from, the way in, hosts of somebody else. */
  readonly boxes: readonly Box[];
  readonly groups: readonly Group[];
  /** What everything stands on: boxes that nobody is connected with. */
  readonly panels: readonly Group[];
  readonly arrows: readonly Arrow[];
}

/** A capability, a workload, or somebody outside. */
export interface Box {
  /** Unique in the diagram, of any characters. */
  readonly id: string;
  readonly title: string;
  /** What it is in this environment: the variant first, then the few facts that matter. */
  readonly lines: readonly string[];
  readonly look: Look;
}

/** How a box is drawn. */
export type Look = "outside" | "gateway" | "workload" | "data" | "platform";

/** Boxes that belong together. */
export interface Group {
  /** Unique among the groups. */
  readonly id: string;
  readonly title: string;
  readonly boxes: readonly Box[];
}

/** A connection, in the direction in which it is opened. */
export interface Arrow {
  /** Id of a box. */
  readonly from: string;
  /** Id of a box. */
  readonly to: string;
  /** Port, access, or the address of a route. */
  readonly lines: readonly string[];
  /** What travels: requests, or what is kept. */
  readonly kind: "request" | "data" | "data-read";
}

/** Every box of a diagram. */
export function boxesOf({ boxes, groups, panels }: Diagram): readonly Box[] {
  return [...boxes, ...[...groups, ...panels].flatMap((group) => group.boxes)];
}

/** How many boxes of a panel are side by side, so that no row is nearly empty. */
export function columnsOf(boxes: number): number {
  const widest = 7;
  return Math.ceil(boxes / Math.max(1, Math.ceil(boxes / widest)));
}

/** Every connection in words, for those who do not see the picture. */
export function described(diagram: Diagram): string {
  const titles = new Map(boxesOf(diagram).map(({ id, title }) => [id, title]));
  const connections = diagram.arrows.map(({ from, lines, to }) => `${titles.get(from)} to ${titles.get(to)} (${lines.join(", ")})`);
  return `Connections: ${connections.join("; ")}.`;
}
