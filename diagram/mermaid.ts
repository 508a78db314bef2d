import { columnsOf, type Arrow, type Box, type Diagram, type Group } from "./diagram";
import { enclosure, ink, palette } from "./palette";

const arrows = { request: "-->", data: "-->", "data-read": "-.->" } as const satisfies Readonly<Record<Arrow["kind"], string>>;

/** A diagram in the language of Mermaid, which GitHub and many editors draw. */
export function mermaid(diagram: Diagram): string {
  const { boxes, groups, panels, title } = diagram;
  const lines = [
    "flowchart TB",
    `  accTitle: ${title}`,
    ...boxes.map((box) => `  ${boxLine(box)}`),
    ...groups.flatMap(groupLines),
    ...panels.flatMap((panel) => [...groupLines(panel), ...gridLines(panel)]),
    ...diagram.arrows.map(
      ({ from, kind, lines: text, to }) => `  ${safeId(from)} ${arrows[kind]}|"${text.map(escaped).join("<br/>")}"| ${safeId(to)}`,
    ),
    ...below([groups.at(-1), ...panels]),
    ...Object.entries({ ...palette, enclosure }).map(
      ([name, { border, fill }]) => `  classDef ${name} fill:${fill},stroke:${border},color:${ink}`,
    ),
    `  class ${[...groups, ...panels].map(groupId).join(",")} enclosure`,
  ];
  return `${lines.join("\n")}\n`;
}

/** An id of letters, digits and underscores, which Mermaid takes as it is. No two ids become the same. */
export function safeId(id: string): string {
  return id
    .replace(/[^a-z0-9/-]|(?<![a-z0-9])-|-(?![a-z0-9])/gu, (character) => `X${character.codePointAt(0)?.toString(16)}X`)
    .replaceAll("-", "_")
    .replaceAll("/", "__");
}

function boxLine({ id, lines, look, title }: Box): string {
  return `${safeId(id)}["<b>${escaped(title)}</b>${lines.map((line) => `<br/>${escaped(line)}`).join("")}"]:::${look}`;
}

function groupId({ id }: Group): string {
  return safeId(`group/${id}`);
}

function groupLines(group: Group): readonly string[] {
  const { boxes, title } = group;
  return [`  subgraph ${groupId(group)}["<b>${escaped(title)}</b>"]`, ...boxes.map((box) => `    ${boxLine(box)}`), "  end"];
}

/** Links that nobody sees: without any, all boxes of a panel would stand in one row. */
function gridLines({ boxes }: Group): readonly string[] {
  return boxes.flatMap((box, index) => {
    const under = boxes[index + columnsOf(boxes.length)];
    return under ? [`  ${safeId(box.id)} ~~~ ${safeId(under.id)}`] : [];
  });
}

/** Links that nobody sees: each panel is below what comes before it. */
function below(groups: readonly (Group | undefined)[]): readonly string[] {
  return groups.flatMap((group, index) => {
    const above = lastRowOf(groups[index - 1]?.boxes ?? []);
    const first = group?.boxes[0];
    return above && first ? [`  ${safeId(above.id)} ~~~ ${safeId(first.id)}`] : [];
  });
}

function lastRowOf(boxes: readonly Box[]): Box | undefined {
  const columns = columnsOf(boxes.length);
  return boxes[Math.floor((boxes.length - 1) / columns) * columns];
}

/** Text as Mermaid shows it, whatever is in it, by entities of its own. */
function escaped(text: string): string {
  return text.replace(/[&<>"#;`\\|[\]{}()]/g, (character) => `#${character.codePointAt(0)};`);
}
