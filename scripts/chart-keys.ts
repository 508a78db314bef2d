import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { chartNames, charts } from "../constructs/ledger/charts";
import { knownKeysFile, type KnownKeys } from "../constructs/addons/known-keys";
import { runProgram } from "../operations/command-line";
import { OperationError } from "../operations/operation-error";

const program = new Command("npm run chart-keys --")
  .description("Rewrite the committed keys of the charts in the ledger: what synth takes as values of a chart.")
  .requiredOption(
    "--from <folder>",
    "a folder with KEYS.tsv (chart, key, type, default) and CHARTS.tsv (chart, version, ..., dependencies as name@version)",
  )
  .action(({ from }: { readonly from: string }) => {
    const trees = keyTrees(rows(join(from, "KEYS.tsv")), rows(join(from, "CHARTS.tsv")));
    const lines = Object.entries(trees).map(([chart, keys]) => `${JSON.stringify(chart)}: ${JSON.stringify(keys)}`);
    writeFileSync(knownKeysFile, `{\n${lines.join(",\n")}\n}\n`);
    console.log(`${lines.length} charts in ${knownKeysFile}`);
  });

/** Keys that templates read and that the charts' default values do not show. */
const unlisted: Readonly<Partial<Record<string, readonly string[]>>> = { "cert-manager": ["serviceAccount.annotations"] };

/** Charts of the ledger whose folder in the data has another name. */
const renamed: Readonly<Record<string, string>> = { "plugin-barman-cloud": "cnpg-plugin-barman-cloud" };

type Row = readonly string[];

function keyTrees(keys: readonly Row[], infos: readonly Row[]): Readonly<Record<string, KnownKeys>> {
  const known = chartNames.filter((name) => infos.some(([chart]) => chart === (renamed[name] ?? name)));
  const stale = known.filter((name) => infoOf(infos, renamed[name] ?? name)[1] !== charts[name].version);
  if (stale.length > 0) throw new OperationError(`The keys are of other versions than the ledger's: ${stale.join(", ")}`);
  return Object.fromEntries(known.map((name) => [name, treeOf(renamed[name] ?? name, keys, infos)]));
}

function infoOf(infos: readonly Row[], chart: string): Row {
  return infos.find(([name]) => name === chart) ?? [];
}

/** Keys of a chart, those of its dependencies below their names. */
function treeOf(chart: string, keys: readonly Row[], infos: readonly Row[]): KnownKeys {
  const tree: Record<string, unknown> = {};
  for (const [, key = "", type = ""] of keys.filter(([name]) => name === chart)) put(tree, key.split("."), type);
  for (const key of unlisted[chart] ?? []) put(tree, key.split("."), "map");
  // Another version than the one that is known is another chart, perhaps one of the same name.
  const dependencies = infos.filter(([name, version]) => (infoOf(infos, chart)[7] ?? "").split(",").includes(`${name}@${version}`));
  for (const [dependency = ""] of dependencies) tree[dependency] = merged(treeOf(dependency, keys, infos), tree[dependency]);
  return tree as KnownKeys;
}

/** Keys of a dependency, with those that the chart around it sets for it: it names only what it changes. */
function merged(keys: unknown, over: unknown): unknown {
  if (isTree(keys) && Object.keys(keys).length === 0) return keys;
  if (!isTree(keys) || !isTree(over)) return over ?? keys;
  const names = [...new Set([...Object.keys(keys), ...Object.keys(over)])];
  return Object.fromEntries(names.map((name) => [name, merged(keys[name], over[name])]));
}

function isTree(keys: unknown): keys is Readonly<Record<string, unknown>> {
  return typeof keys === "object" && keys !== null;
}

/** A scalar is 0; what may hold anything, an empty map, a list or nothing, stays `{}`. */
function put(tree: Record<string, unknown>, [key = "", ...rest]: readonly string[], type: string): void {
  if (rest.length === 0) {
    tree[key] ??= ["string", "int", "float", "bool"].includes(type) ? 0 : {};
    return;
  }
  const below = typeof tree[key] === "object" && tree[key] !== null ? (tree[key] as Record<string, unknown>) : {};
  tree[key] = below;
  put(below, rest, type);
}

function rows(file: string): readonly Row[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
}

void runProgram(program);
