import type { Attributes, Edge, Graph, Node, Subgraph } from "@viz-js/viz" with { "resolution-mode": "import" };
import { columnsOf, described, type Arrow, type Box, type Diagram, type Group } from "./diagram";
import { enclosure, ink, palette } from "./palette";

/** What Graphviz knows the widths of without asking the machine, as long as it is named alone; and what it makes of that. */
const font = "Helvetica";
const writtenFont = 'font-family="Helvetica,sans-Serif"';
/** Arial and its doubles have the same widths. */
const substitutes = 'font-family="Helvetica,Arial,Liberation Sans,sans-serif"';
const lines: Readonly<Record<Arrow["kind"], Attributes>> = {
  request: { color: "#0969da", fontcolor: "#0550ae" },
  data: { color: "#1a7f37", fontcolor: "#116329" },
  "data-read": { color: "#1a7f37", fontcolor: "#116329", style: "dashed" },
};

/** A diagram as a picture, the same bytes on every machine. Graphviz, as WebAssembly, decides where things are. */
export async function svg(diagram: Diagram): Promise<string> {
  graphviz ??= loadGraphviz();
  const drawn = (await graphviz).renderString(graphOf(diagram), { format: "svg", engine: "dot" });
  return accessible(drawn, diagram);
}

let graphviz: ReturnType<typeof loadGraphviz> | undefined;

/** Loading it takes longer than drawing: once, and only where something is drawn. */
async function loadGraphviz() {
  const { instance } = await import("@viz-js/viz");
  return instance();
}

function graphOf(diagram: Diagram): Graph {
  const { arrows, boxes, groups, panels } = diagram;
  return {
    directed: true,
    graphAttributes: {
      ...heading(diagram.title, 18),
      ...{ fontname: font, labelloc: "t", rankdir: "TB", bgcolor: "white", pad: 0.3, nodesep: 0.35, ranksep: 0.6 },
    },
    // Graphviz takes bold letters for regular ones, and substitutes of the font are wider: the margin is for both.
    nodeAttributes: { shape: "box", style: "rounded,filled", fontname: font, fontsize: 12, fontcolor: ink, margin: "0.2,0.08" },
    edgeAttributes: { fontname: font, fontsize: 10, arrowsize: 0.7 },
    nodes: [...boxes.map(nodeOf), ...panels.map(panelOf)],
    subgraphs: groups.map(clusterOf),
    edges: [...arrows.map(edgeOf), ...below(groups, panels)],
  };
}

function nodeOf({ id, lines: facts, look, title }: Box): Node {
  const { border: color, fill: fillcolor } = palette[look];
  return { name: id, attributes: { label: { html: labelOf(title, facts) }, fillcolor, color } };
}

function clusterOf({ boxes, id, title }: Group): Subgraph {
  const labelloc = boxes.every(({ look }) => look === "data") ? "b" : "t"; // arrows come to data from above
  return {
    name: `cluster ${id}`,
    graphAttributes: { ...heading(title, 13), labelloc, style: "rounded", color: enclosure.border, margin: 14 },
    nodes: boxes.map(nodeOf),
  };
}

/** A table: boxes that nothing is connected with would all stand in one row. */
function panelOf({ boxes, id, title }: Group): Node {
  const { border, fill } = palette.platform;
  const cells = boxes.map(
    ({ lines: facts, title: name }) =>
      `<td bgcolor="${fill}" color="${border}" border="1" style="rounded" align="left">${labelOf(name, facts)}</td>`,
  );
  const columns = columnsOf(boxes.length);
  const rows = cells.flatMap((_, index) => (index % columns === 0 ? [`<tr>${cells.slice(index, index + columns).join("")}</tr>`] : []));
  const head = `<tr><td border="0" align="left" colspan="${columns}"><font point-size="13"><b>${escaped(title)}</b></font></td></tr>`;
  const table = `<table border="1" color="${enclosure.border}" bgcolor="${enclosure.fill}" style="rounded" cellspacing="8" cellpadding="8">${head}${rows.join("")}</table>`;
  return { name: `panel ${id}`, attributes: { shape: "plain", style: "", label: { html: table } } };
}

function edgeOf({ from, kind, lines: text, to }: Arrow): Edge {
  return {
    tail: from,
    head: to,
    attributes: { ...lines[kind], label: { html: text.map((line) => `&#160;${escaped(line)}&#160;`).join("<br/>") } },
  };
}

/** Edges that nobody sees: the panels are below everything else. */
function below(groups: readonly Group[], panels: readonly Group[]): readonly Edge[] {
  const attributes = { style: "invis" };
  return panels.flatMap((panel, index) => {
    const over = panels[index - 1];
    const tails = over ? [`panel ${over.id}`] : groups.flatMap(({ boxes }) => boxes.map(({ id }) => id));
    return tails.map((tail) => ({ tail, head: `panel ${panel.id}`, attributes }));
  });
}

function heading(title: string, fontsize: number): Attributes {
  return { label: { html: `<b>${escaped(title)}</b>` }, labeljust: "l", fontsize, fontcolor: ink };
}

/** Lines from the left: where a machine's font is wider than Helvetica, only the margin gets smaller. */
function labelOf(title: string, facts: readonly string[]): string {
  const lineEnd = '<br align="left"/>';
  return `<b>${escaped(title)}</b>${lineEnd}${facts.map((fact) => `<font point-size="10">${escaped(fact)}</font>${lineEnd}`).join("")}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** With a name and a description for screen readers, and without what Graphviz says of itself. */
function accessible(drawn: string, diagram: Diagram): string {
  const root = '<svg role="img" aria-labelledby="title description" ';
  const texts = `<title id="title">${escaped(diagram.title)}</title>\n<desc id="description">${escaped(described(diagram))}</desc>`;
  return drawn
    .replace(/<!DOCTYPE[^>]*>\n?/, "")
    .replace(/<!--[^]*?-->\n?/g, "")
    .replaceAll(writtenFont, substitutes)
    .replace("<svg ", root)
    .replace(/<svg [^>]*>/, (tag) => `${tag}\n${texts}`);
}
