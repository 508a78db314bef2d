import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { parse } from "yaml";
import { chartNames, charts, type ChartName } from "../constructs/ledger/charts";
import { knownKeysFile, type KnownKeys } from "../constructs/addons/known-keys";
import { runProgram } from "../operations/command-line";
import { OperationError } from "../operations/operation-error";

interface Options {
  readonly from: string;
  readonly to: string;
}

const program = new Command("npm run chart-keys --")
  .description("Rewrite the committed keys of charts: what synth takes as their values. Charts that the folder does not have keep theirs.")
  .requiredOption("--from <folder>", "a folder with a folder for each chart, as `helm pull <chart> --version <version> --untar` leaves it")
  .option("--to <file>", "where they are committed", knownKeysFile)
  .action(({ from, to }: Options) => {
    const found = chartsIn(from);
    const before = existsSync(to) ? (JSON.parse(readFileSync(to, "utf8")) as Partial<Record<ChartName, KnownKeys>>) : {};
    const lines = chartNames.flatMap((name) => {
      const keys = name in found ? keysOf(found[name] ?? "", from) : before[name];
      return keys === undefined ? [] : [`${JSON.stringify(name)}: ${JSON.stringify(keys)}`];
    });
    writeFileSync(to, `{\n${lines.join(",\n")}\n}\n`);
    console.log(`${Object.keys(found).length} of ${lines.length} charts written to ${to}`);
  });

/** Keys that templates read and that the charts' default values do not show. */
const unlisted: Readonly<Partial<Record<string, readonly string[]>>> = {
  "cert-manager": ["serviceAccount.annotations"],
  grafana: ["persistence.storageClassName"],
  loki: ["loki.rulerConfig.storage", "loki.storage.bucketNames"],
  tempo: ["persistence.storageClassName", "tempo.storage.trace.s3"],
};

/** What a chart says of itself, as far as it matters here. */
interface ChartFile {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: readonly { readonly name: string; readonly version: string; readonly alias?: string }[];
}

/** The version of a chart in its own repository, where it gets the real one with its release. */
const unreleased = /^v?0\.0\.0\b/;

/** Folders of the charts of the ledger. */
function chartsIn(from: string): Readonly<Partial<Record<ChartName, string>>> {
  const folders = readdirSync(from)
    .map((entry) => join(from, entry))
    .filter((folder) => existsSync(join(folder, "Chart.yaml")));
  const found = chartNames.flatMap((name) =>
    folders.filter((folder) => chartFile(folder).name === name).map((folder) => [name, folder] as const),
  );
  if (found.length === 0) throw new OperationError(`${from} holds no chart of the ledger`);
  const stale = found.flatMap(([name, folder]) => {
    const { version } = chartFile(folder);
    return version === charts[name].version || unreleased.test(version)
      ? []
      : [`${name} is ${version}, the ledger has ${charts[name].version}`];
  });
  if (stale.length > 0) throw new OperationError(`Keys of another version would let wrong values pass:\n  ${stale.join("\n  ")}`);
  return Object.fromEntries(found);
}

/** Keys of a chart, those of its dependencies below their names. */
function keysOf(folder: string, from: string): KnownKeys {
  const { name, dependencies = [] } = chartFile(folder);
  const own = (unlisted[name] ?? []).reduce<KnownKeys>(
    (keys, path) =>
      merged(
        keys,
        path.split(".").reduceRight<KnownKeys>((below, key) => ({ [key]: below }), {}),
      ),
    shapeOf(parse(readFileSync(join(folder, "values.yaml"), "utf8"), { merge: true }) ?? {}),
  );
  return dependencies.reduce<KnownKeys>((keys, { name: dependency, version, alias = dependency }) => {
    // Beside the chart, another version than the one that it asks for is another chart, perhaps one of the same name.
    const beside = join(from, dependency);
    const found = [join(folder, "charts", dependency), ...(existsSync(beside) && chartFile(beside).version === version ? [beside] : [])];
    const there = found.find((candidate) => existsSync(join(candidate, "Chart.yaml")));
    return there === undefined ? keys : merged({ [alias]: keysOf(there, from) }, keys);
  }, own);
}

/** A scalar is 0; what may hold anything, an empty map, a list or nothing, is `{}`. */
function shapeOf(value: unknown): KnownKeys {
  if (typeof value !== "object") return 0;
  if (value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, shapeOf(below)]));
}

/** Keys with others over them. What may hold anything still may: who is around a dependency names only what it changes. */
function merged(keys: KnownKeys, over: KnownKeys): KnownKeys {
  if (keys !== 0 && Object.keys(keys).length === 0) return keys;
  if (keys === 0 || over === 0) return over;
  const names = [...new Set([...Object.keys(keys), ...Object.keys(over)])];
  return Object.fromEntries(names.map((name) => [name, merged(keys[name] ?? over[name] ?? {}, over[name] ?? keys[name] ?? {})]));
}

function chartFile(folder: string): ChartFile {
  return parse(readFileSync(join(folder, "Chart.yaml"), "utf8")) as ChartFile;
}

void runProgram(program);
