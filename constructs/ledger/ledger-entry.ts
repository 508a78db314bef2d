import type { IConstruct } from "constructs";

/** A version that the platform runs, where it is from, and how long somebody looks after it. */
export interface LedgerEntry {
  /** Exact version. */
  readonly version: string;
  /** Where it is fetched from: a chart repository, an image's registry, a project. */
  readonly source: string;
  /** SPDX identifier. */
  readonly licence: string;
  readonly support: Support;
}

/** Versions by their names: a chart, an image without its tag, an engine. */
export type LedgerEntries = Readonly<Record<string, LedgerEntry>>;

/** What runs versions of the ledger. */
export interface Recorded extends IConstruct {
  readonly ledgerEntries: LedgerEntries;
}

/** Whether a construct runs versions of the ledger itself. */
export function isRecorded(construct: IConstruct): construct is Recorded {
  return "ledgerEntries" in construct;
}

/** Until when a version is supported. */
export interface Support {
  /** Last day, `YYYY-MM-DD`. */
  readonly ends: string;
  /** Who says so: the project, or ourselves, where a project names no date: a year after the release somebody has to look. */
  readonly saidBy: "project" | "us";
}

/** A year after a release, for projects that support their newest version only, or say nothing. */
export function aYearAfter(released: string): Support {
  const year = Number(released.slice(0, 4)) + 1;
  return { ends: `${year}${released.slice(4).replace("-02-29", "-02-28")}`, saidBy: "us" };
}
