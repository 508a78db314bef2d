import type { DeclaredGap } from "../environments/gaps/declared-gap";
import type { EnvironmentName } from "../environments/environment";
import { guaranteeTitles } from "./guarantees";
import type { Cell, ClaimResult } from "./matrix";
import { shown, strength, type Parity } from "./problems";

/** A row of the report: a guarantee of a capability, and what becomes of it in each environment. */
interface Row {
  readonly capability: string;
  readonly guarantee: string;
  readonly cells: readonly string[];
}

/** Capability x guarantee x environment, for a table. */
export function reportRows({ cells }: Parity, environments: readonly EnvironmentName[]): readonly Row[] {
  const keys = [...new Set(cells.map(({ capability, guarantee }) => `${capability}/${guarantee}`))];
  return keys.flatMap((key) => {
    const own = cells.filter((cell) => `${cell.capability}/${cell.guarantee}` === key);
    const [first] = own;
    if (first === undefined) return [];
    const told = environments
      .map((name) => own.find(({ environment }) => environment === name))
      .map((cell) => (cell ? cellText(cell) : ""));
    return [{ capability: first.capability, guarantee: guaranteeTitles[first.guarantee], cells: told }];
  });
}

/** `yes`, with its degrees; `no`, with what is not met; `-` where it does not apply. */
function cellText({ verdict, claims, variant }: Cell): string {
  if (variant === undefined) return "LACKING";
  if (verdict === "does not apply") return "-";
  if (verdict === "does not hold") {
    const open = claims.filter(({ met }) => !met).map(({ claim }) => claim);
    return `no: ${open.join(", ")}`;
  }
  const degrees = claims.flatMap((claim) => (claim.degree === undefined ? [] : [strength(claim)]));
  return degrees.length === 0 ? "yes" : `yes, ${degrees.join(", ")}`;
}

/** The result in one line. */
export function summary({ cells, problems }: Parity, gaps: readonly DeclaredGap[]): string {
  const count = (verdict: Cell["verdict"]) => cells.filter((cell) => cell.verdict === verdict).length;
  const told = problems.length === 0 ? "no problem" : problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const open = count("does not hold");
  return `${count("holds")} guarantees hold, ${open} do not, ${count("does not apply")} do not apply; ${gaps.length} declared gaps, ${told}.`;
}

/** Everything that was computed, for machines. */
export function reportJson({ cells, problems }: Parity, gaps: readonly DeclaredGap[]): object {
  return {
    green: problems.length === 0,
    problems,
    gaps,
    cells: cells.map(({ claims, ...cell }) => ({
      ...cell,
      claims: claims.map(({ findings, ...claim }) => ({
        ...claim,
        evidence: findings.map(({ place: { path, value }, met }) => ({ path, value: value ?? null, met })),
      })),
    })),
  };
}

/** The report as a page: the table, the gaps with their reasons, and what proves each guarantee. */
export function reportMarkdown(parity: Parity, environments: readonly EnvironmentName[], gaps: readonly DeclaredGap[]): string {
  const { cells, problems } = parity;
  const rows = reportRows(parity, environments).map(({ capability, guarantee, cells: texts }) => line([capability, guarantee, ...texts]));
  return [
    "# Parity",
    "",
    "Computed from the synthesized JSON by `npm run parity -- --output <folder>`. Do not edit.",
    "",
    problems.length === 0 ? "Every guarantee holds everywhere, or is a declared gap." : `${problems.length} problems:`,
    ...problems.map((problem) => `- ${problem}`),
    "",
    line(["capability", "guarantee", ...environments]),
    line(["---", "---", ...environments.map(() => "---")]),
    ...rows,
    "",
    "## Declared gaps",
    "",
    line(["capability", "guarantee", "not met", "where", "why", "since"]),
    line(["---", "---", "---", "---", "---", "---"]),
    ...gaps.map(({ what, why, since }) =>
      line([what.capability, guaranteeTitles[what.guarantee], what.claims.join(", "), what.environments.join(", "), why, since]),
    ),
    "",
    "## Does not apply",
    "",
    ...[
      ...new Set(
        cells.flatMap((cell) => (cell.reason ? [`- ${guaranteeTitles[cell.guarantee]} of ${cell.capability}: ${cell.reason}`] : [])),
      ),
    ],
    "",
    "## Evidence",
    ...cells.filter(({ claims }) => claims.length > 0).flatMap(evidence),
    "",
  ].join("\n");
}

function evidence({ capability, guarantee, environment, variant, claims }: Cell): readonly string[] {
  return [
    "",
    `### ${guaranteeTitles[guarantee]} of ${capability} in ${environment} (${variant ?? "lacking"})`,
    "",
    ...claims.flatMap(claimLines),
  ];
}

function claimLines(claim: ClaimResult): readonly string[] {
  return [
    `- ${claim.claim}: ${claim.summary}: ${strength(claim)}`,
    ...claim.findings.map(({ place: { path, value }, met }) => `  - ${met ? "" : "against it: "}\`${path}\` = \`${shown(value)}\``),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replace(/\|/g, "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
}
