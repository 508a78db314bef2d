import type { Column } from "../operations/table";
import type { CheckovReport } from "./checkov-report";
import type { Compliance, JudgedFinding } from "./judge";

/** Columns of the table. */
export function reportColumns(environments: readonly string[]): readonly Column[] {
  return [{ head: "check" }, { head: "what it wants" }, ...environments.map((head) => ({ head }))];
}

/** Checks that find something, with how often they do in each environment. */
export function reportRows({ findings }: Compliance, environments: readonly string[]): readonly (readonly string[])[] {
  const titles = new Map(findings.map(({ check, title }) => [check, title]));
  return [...titles]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([check, title]) => [
      check,
      shortened(title),
      ...environments.map((environment) =>
        cell(findings.filter((finding) => finding.check === check && finding.address.startsWith(`${environment}-`))),
      ),
    ]);
}

/** `3 allowed, 1 FAILS`; a bare number where the environment need not be clean. */
function cell(findings: readonly JudgedFinding[]): string {
  const count = (verdict: JudgedFinding["verdict"]) => findings.filter((finding) => finding.verdict === verdict).length;
  const [allowed, fails, shown] = [count("allowed"), count("fails"), count("shown")];
  return [allowed > 0 ? `${allowed} allowed` : "", fails > 0 ? `${fails} FAILS` : "", shown > 0 ? `${shown}` : ""]
    .filter(Boolean)
    .join(", ");
}

/** The result in one line. */
export function summary({ findings, problems }: Compliance, { judged }: CheckovReport): string {
  const resources = Object.values(judged).reduce((total, count) => total + count, 0);
  const allowed = findings.filter(({ verdict }) => verdict === "allowed").length;
  const told = problems.length === 0 ? "no problem" : problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return `${resources} resources of ${Object.keys(judged).length} stacks judged; ${findings.length} findings, ${allowed} of them allowed; ${told}.`;
}

/** Everything that was found, for machines. */
export function reportJson({ findings, problems }: Compliance, { judged }: CheckovReport): object {
  return { green: problems.length === 0, problems, findings, judged };
}

/** Titles begin with the same words, and some are longer than a terminal. */
function shortened(title: string): string {
  const text = title.replace(/^Ensure (that )?(the )?(AWS |Amazon )?/, "");
  return text.length > 70 ? `${text.slice(0, 67)}...` : text;
}
