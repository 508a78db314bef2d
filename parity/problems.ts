import type { DeclaredGap } from "../environments/gaps/declared-gap";
import { isDay } from "../environments/day";
import type { EnvironmentName } from "../environments/environment";
import type { Capability } from "./capability";
import { danglingReferences } from "./dangling-references";
import type { EnvironmentJson } from "./environment-json";
import { outputProblems } from "./output-problems";
import type { OutputTypes } from "./output-type";
import { cellsOf, type Cell, type ClaimResult } from "./matrix";
import { guaranteeTitles } from "./guarantees";
import { variableProblems } from "./workload-variables";

/** From the weakest to the strongest: each has to be at least as strong as the one before. The laptop is beside them. */
const ladder: readonly EnvironmentName[] = ["dev", "staging", "prod"];

/** What the report is made of. */
export interface Parity {
  readonly cells: readonly Cell[];
  /** What turns the report red, a line each. */
  readonly problems: readonly string[];
}

export interface JudgeOptions {
  readonly capabilities: readonly Capability[];
  readonly types: OutputTypes;
  readonly gaps: readonly DeclaredGap[];
  /** Day of the judgement, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Computes the guarantees of environments from their JSON, and says what is not right about them. */
export function judge(environments: readonly EnvironmentJson[], options: JudgeOptions): Parity {
  return judged(
    environments,
    environments.flatMap((environment) => cellsOf(options.capabilities, environment, environments)),
    options,
  );
}

/** Says what is not right about guarantees that were computed. */
export function judged(
  environments: readonly EnvironmentJson[],
  cells: readonly Cell[],
  { capabilities, types, gaps, today }: JudgeOptions,
): Parity {
  const problems = [
    ...lackingCapabilities(cells),
    ...outputProblems(environments, capabilities, types),
    ...variableProblems(environments),
    ...environments.flatMap(danglingReferences),
    ...undeclared(cells, gaps),
    ...outdated(
      cells,
      gaps,
      environments.map(({ name }) => name),
      today,
    ),
    ...weaker(cells),
  ];
  return { cells, problems };
}

function lackingCapabilities(cells: readonly Cell[]): readonly string[] {
  const lacking = cells
    .filter(({ variant }) => variant === undefined)
    .map(({ environment, capability }) => `${environment}: ${capability}`);
  return [...new Set(lacking)].map(
    (place) => `${place} is lacking: no resource of a known variant is below its construct; build it, or teach parity/ the variant`,
  );
}

function undeclared(cells: readonly Cell[], gaps: readonly DeclaredGap[]): readonly string[] {
  return cells
    .filter(({ variant }) => variant !== undefined)
    .flatMap((cell) =>
      cell.claims.filter((claim) => !claim.met && !gaps.some((gap) => isAbout(gap, cell, claim.claim))).map((claim) => ({ cell, claim })),
    )
    .map(({ cell, claim }) => {
      const { path, value } = claim.findings.find(({ met }) => !met)?.place ?? { path: "nothing", value: undefined };
      const elsewhere = cells.filter((other) => isSame(other, cell) && other.claims.some((one) => one.claim === claim.claim && one.met));
      const holds = elsewhere.length === 0 ? "nowhere" : `in ${elsewhere.map(({ environment }) => environment).join(", ")}`;
      return (
        `${told(cell)}: ${claim.claim} is not met (it holds ${holds}): ${claim.summary}; ` +
        `found ${path} = ${shown(value)}; mend it, or declare the gap in environments/gaps/`
      );
    });
}

function outdated(
  cells: readonly Cell[],
  gaps: readonly DeclaredGap[],
  environments: readonly EnvironmentName[],
  today: string,
): readonly string[] {
  const twice = new Set<string>();
  return gaps.flatMap((gap) => {
    const { capability, guarantee, claims, environments: places } = gap.what;
    const name = `declared gap ${capability} ${guarantee}`;
    return [
      ...(isDay(gap.since) && gap.since <= today
        ? []
        : [`${name}: since is "${gap.since}", must be a day that has been, YYYY-MM-DD; correct it`]),
      ...(gap.why.trim().length >= 10 ? [] : [`${name}: why is "${gap.why}", must be a reason; say why that is right there`]),
      ...places
        .filter((place) => environments.includes(place))
        .flatMap((place) =>
          claims.flatMap((claim) => {
            const key = [capability, guarantee, place, claim].join(" ");
            const again = twice.has(key) || !twice.add(key);
            const open = cells.some(
              (cell) =>
                isAbout(gap, cell, claim) && cell.environment === place && cell.claims.some((one) => one.claim === claim && !one.met),
            );
            if (again) return [`${name}: ${claim} in ${place} is declared twice; remove one`];
            return open ? [] : [`${name}: ${claim} in ${place} is no gap any more; remove it from environments/gaps/`];
          }),
        ),
    ];
  });
}

function weaker(cells: readonly Cell[]): readonly string[] {
  return ladder.slice(1).flatMap((name, index) => {
    const before = ladder[index];
    return cells
      .filter(({ environment }) => environment === name)
      .flatMap((cell) => {
        const lower = cells.find((other) => isSame(other, cell) && other.environment === before);
        return cell.claims.flatMap((claim) => {
          const other = lower?.claims.find((one) => one.claim === claim.claim);
          return other && isWeaker(claim, other)
            ? [
                `${told(cell)}: ${claim.claim} is weaker than in ${before}: ${strength(claim)} instead of ${strength(other)}; ${claim.summary}`,
              ]
            : [];
        });
      });
  });
}

function isWeaker(claim: ClaimResult, other: ClaimResult): boolean {
  return claim.met === other.met ? (claim.degree ?? -1) < (other.degree ?? -1) : other.met;
}

/** How much of a claim there is, in words. */
export function strength({ met, degree, unit }: ClaimResult): string {
  if (degree === undefined || unit === undefined) return met ? "met" : "not met";
  return `${degree} ${unit}${met ? "" : ", not met"}`;
}

function isAbout({ what }: DeclaredGap, cell: Cell, claim: string): boolean {
  return (
    what.capability === cell.capability &&
    what.guarantee === cell.guarantee &&
    what.claims.includes(claim) &&
    what.environments.includes(cell.environment)
  );
}

function isSame(one: Cell, other: Cell): boolean {
  return one.capability === other.capability && one.guarantee === other.guarantee;
}

function told({ environment, capability, guarantee }: Cell): string {
  return `${environment}: ${guaranteeTitles[guarantee]} of ${capability}`;
}

/** A value on one short line. */
export function shown(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
