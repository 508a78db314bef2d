import type { Look } from "./diagram";

interface Colours {
  readonly fill: string;
  readonly border: string;
}

/** Colour of texts: 4.5 to 1 and more on all fills (WCAG 2.2, 1.4.3). */
export const ink = "#1f2328";

/** Colours of what encloses boxes. */
export const enclosure: Colours = { fill: "#ffffff", border: "#d0d7de" };

/** Colours of boxes. */
export const palette: Readonly<Record<Look, Colours>> = {
  outside: { fill: "#ffffff", border: "#57606a" },
  gateway: { fill: "#ddf4ff", border: "#0969da" },
  workload: { fill: "#fff8c5", border: "#9a6700" },
  data: { fill: "#dafbe1", border: "#1a7f37" },
  platform: { fill: "#f6f8fa", border: "#57606a" },
};
