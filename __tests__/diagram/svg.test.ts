import { svg } from "../../diagram/svg";
import { decoded, hostile, hostileDiagram } from "./drawn";

const entity = /&#(\d+);/g;

describe("svg", () => {
  it("shows text as it is, whatever is in it", async () => {
    const picture = await svg(hostileDiagram);
    const texts = [...picture.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => plain(text).replaceAll("\u00a0", ""));

    expect(picture).not.toContain("<script");
    expect(texts).toHaveLength(10); // a title, two groups, three boxes with a title and a line, an arrow
    expect(new Set(texts)).toEqual(new Set([hostile]));
  });

  it("is well-formed", async () => {
    expect(unclosed(await svg(hostileDiagram))).toEqual([]);
  });

  it("is white, and tells screen readers its name and every connection", async () => {
    const picture = await svg({ ...hostileDiagram, title: "Shop" });

    expect(picture).toMatch(/<svg role="img" aria-labelledby="title description" /);
    expect(picture).toContain('<title id="title">Shop</title>');
    expect(plain(/<desc id="description">([^<]*)</.exec(picture)?.[1] ?? "")).toBe(`Connections: ${hostile} to ${hostile} (${hostile}).`);
    expect(picture).toMatch(/<polygon fill="white" stroke="none"/);
  });

  it("is the same again, and says nothing of when and with what it was drawn", async () => {
    const picture = await svg(hostileDiagram);

    expect(await svg(hostileDiagram)).toBe(picture);
    expect(picture).not.toMatch(/graphviz|<!--|<!DOCTYPE/i);
  });

  it("names a font that machines have", async () => {
    const fonts = [...(await svg(hostileDiagram)).matchAll(/font-family="([^"]*)"/g)].map(([, font]) => font);
    expect(new Set(fonts)).toEqual(new Set(["Helvetica,Arial,Liberation Sans,sans-serif"]));
  });
});

/** Text without entities. */
function plain(text: string): string {
  return decoded(text, entity).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** Elements that are not closed where they should be. */
function unclosed(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [, end = "", name = "", empty = ""] of xml.replace(/<\?.*?\?>/, "").matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
    if (end === "" && empty === "") open.push(name);
    if (end !== "" && open.pop() !== name) return [name];
  }
  return open;
}
