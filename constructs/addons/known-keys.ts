import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChartName } from "../ledger/charts";

/** What a chart takes as values: 0 for a scalar, `{}` for anything, else its keys. Written by `npm run chart-keys`. */
export type KnownKeys = 0 | { readonly [key: string]: KnownKeys };

/** Where the keys are committed. */
export const knownKeysFile = join(__dirname, "../../charts/keys.json");

let read: Readonly<Partial<Record<ChartName, KnownKeys>>> | undefined;

/** The keys that a chart knows; undefined for a chart whose keys nobody wrote down. */
export function knownKeysOf(chart: ChartName): KnownKeys | undefined {
  read ??= JSON.parse(readFileSync(knownKeysFile, "utf8")) as Readonly<Partial<Record<ChartName, KnownKeys>>>;
  return read[chart];
}
