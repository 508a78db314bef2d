import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chartNames, type ChartName } from "../../../constructs/ledger/charts";

const root = join(__dirname, "../../..");
const read = (...path: readonly string[]) => readFileSync(join(root, ...path), "utf8");

/** What people call a chart whose name says less. */
const products: Readonly<Partial<Record<ChartName, string>>> = {
  "gateway-helm": "Envoy Gateway",
  "plugin-barman-cloud": "Barman",
  "prometheus-node-exporter": "node-exporter",
  "vertical-pod-autoscaler": "VPA",
};

/** Pages that are about a capability; that of add-ons is about all of them. */
const pages = readdirSync(join(root, "docs/capabilities"))
  .filter((file) => file !== "addons.md")
  .map((file) => ({ file, text: read("docs/capabilities", file).toLowerCase() }));

/** Pages that a row of the README's table leads to. */
const listed = read("README.md")
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .flatMap((line) => [...line.matchAll(/\(docs\/capabilities\/([\w-]+\.md)\)/g)].map(([, file]) => file ?? ""));

/** Files that install a chart. */
const addons = readdirSync(join(root, "constructs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && file !== join("addons", "helm-addon.ts"))
  .filter((file) => /\b(extends|new) HelmAddon\b/.test(read("constructs", file)));

describe("every add-on", () => {
  it.each(chartNames)("%s has a page, and a row of the README leads there", (chart) => {
    const names = [chart, products[chart] ?? chart].map((name) => name.toLowerCase());
    const about = pages.filter(({ text }) => names.some((name) => text.includes(name))).map(({ file }) => file);
    expect(about.filter((file) => listed.includes(file))).not.toEqual([]);
  });

  it.each(addons)("of %s has a test that says what it consists of", (file) => {
    const test = join(root, "__tests__/constructs", file.replace(/\.ts$/, ".test.ts"));
    expect(existsSync(test) ? readFileSync(test, "utf8") : "").toMatch(/it\("consists of/);
  });
});
