import { daysBetween, isDay } from "../environments/day";
import { mostAllowedChecks, type AllowedFinding } from "./allowed-finding";
import type { CheckovReport, Finding } from "./checkov-report";

/** A finding, and what becomes of it. */
export interface JudgedFinding extends Finding {
  /** `shown`: the environment need not be clean. */
  readonly verdict: "allowed" | "fails" | "shown";
}

/** Findings of checkov, and what is wrong with them or with the list of those that are allowed. */
export interface Compliance {
  readonly findings: readonly JudgedFinding[];
  /** What turns the report red, a line each. */
  readonly problems: readonly string[];
}

export interface JudgeOptions {
  readonly allowed: readonly AllowedFinding[];
  /** Names of the environments that must be clean. */
  readonly clean: readonly string[];
  /** Day of the judgement, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Compares what checkov found with what is allowed. Entries for environments that need not be clean, or were not scanned, are not looked at. */
export function judge(report: CheckovReport, { allowed, clean, today }: JudgeOptions): Compliance {
  const mustBeClean = (place: string) => clean.includes(place.split("-")[0] ?? "");
  const entries = allowed.flatMap(({ check, addresses }) => addresses.filter(mustBeClean).map((address) => ({ check, address })));
  const isMeant = (finding: Finding) => entries.some((entry) => isSame(entry, finding));
  const findings = report.findings.map((finding) => {
    if (!mustBeClean(finding.address)) return { ...finding, verdict: "shown" as const };
    return { ...finding, verdict: isMeant(finding) ? ("allowed" as const) : ("fails" as const) };
  });
  const problems = [
    ...findings
      .filter(({ verdict }) => verdict === "fails")
      .map(({ address, check, title }) => `${address}: ${check} fails: ${title}; mend it, or allow it in compliance/allowed-findings.ts`),
    ...entries
      .filter((entry) => !report.findings.some((finding) => isSame(entry, finding)))
      .map(({ address, check }) => `${allowedName(check)}: ${address} does not fail any more; remove it`),
    ...entries
      .filter((entry, index) => entries.findIndex((other) => isSame(entry, other)) !== index)
      .map(({ address, check }) => `${allowedName(check)}: ${address} is there twice; remove one`),
    ...allowed.flatMap((entry) => entryProblems(entry, today)),
    ...tooMany(allowed),
    ...report.unread.map((file) => `${file} could not be read by checkov; nothing in it was judged`),
    ...Object.entries(report.judged)
      .filter(([stack, resources]) => mustBeClean(stack) && resources === 0)
      .map(([stack]) => `${stack}: checkov judged 0 resources, must be 1 or more; it skips what it cannot read`),
  ];
  return { findings, problems };
}

function entryProblems({ check, reason, expires }: AllowedFinding, today: string): readonly string[] {
  const name = allowedName(check);
  const days = isDay(expires) ? daysBetween(today, expires) : NaN;
  return [
    ...(reason.trim().length >= 20 ? [] : [`${name}: reason is "${reason}", must be a sentence; say why that is right there`]),
    ...(Number.isNaN(days) ? [`${name}: expires is "${expires}", must be a day, YYYY-MM-DD; correct it`] : []),
    ...(days < 0 ? [`${name}: expires is ${expires}, must be ${today} or later; mend what it allows, or decide again`] : []),
    ...(days > longestDays ? [`${name}: expires is ${expires}, must be at most a year after ${today}; decide again then`] : []),
  ];
}

/** A year, also one with a leap day. */
const longestDays = 366;

function tooMany(allowed: readonly AllowedFinding[]): readonly string[] {
  const checks = new Set(allowed.map(({ check }) => check)).size;
  return checks > mostAllowedChecks
    ? [`allowed findings: ${checks} checks are named, must be ${mostAllowedChecks} at most; mend what the others find`]
    : [];
}

function allowedName(check: string): string {
  return `allowed finding ${check}`;
}

function isSame(one: Pick<Finding, "check" | "address">, other: Pick<Finding, "check" | "address">): boolean {
  return one.check === other.check && one.address === other.address;
}
