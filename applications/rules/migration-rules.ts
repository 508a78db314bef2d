import type { Problem } from "../../constructs/shared/errors";
import { suggestion } from "../../environments/suggestion";
import { eachWorkload, elementsOf, problem, repetitions, type DeclaredApplication, type Rule } from "./declared";

/** A migration with where it stands. */
interface Declared {
  /** `<workload>/<migration>`. */
  readonly reference: string;
  /** Path of the workload, and place within it. */
  readonly path: string;
  readonly at: string;
  readonly after: readonly string[];
}

const names = eachWorkload([], (workload) =>
  repetitions(workload.path, elementsOf(workload, "migrations"), ({ name }) => name, "name", "rename one of the two"),
);

const order: Rule = ({ applications }) =>
  applications.flatMap((application) => {
    const migrations = migrationsOf(application);
    return [...predecessorProblems(application, migrations), ...cycleProblems(migrations)];
  });

function migrationsOf({ workloads }: DeclaredApplication): readonly Declared[] {
  return workloads.flatMap((workload) =>
    elementsOf(workload, "migrations").map(({ at, value: { after = [], name } }) => {
      return { reference: `${workload.name}/${name}`, path: workload.path, at, after };
    }),
  );
}

/** What comes before has to be there. While a migration of the application is malformed, it may be the one. */
function predecessorProblems({ workloads }: DeclaredApplication, migrations: readonly Declared[]): readonly Problem[] {
  if (!workloads.every(({ wellFormed }) => wellFormed(["kind", "migrations"]))) return [];
  const references = migrations.map(({ reference }) => reference);
  return migrations.flatMap(({ after, at, path }) =>
    after.flatMap((before, index) => {
      const told = (limit: string, fix: string) => [problem(path, `${at}.after.${index}`, before, limit, fix)];
      if (!references.includes(before)) {
        const limit = "a migration of the application, as <workload>/<migration>";
        return told(limit, suggestion(before, references) ?? `name one of them, or remove it: there are ${references.join(", ")}`);
      }
      const first = after.indexOf(before);
      return first < index ? told(`different from after.${first}`, "remove the repetition") : [];
    }),
  );
}

/** Each circle once, at the migration of it that is declared first. */
function cycleProblems(migrations: readonly Declared[]): readonly Problem[] {
  return migrations.flatMap((migration, index) => {
    const circle = wayBack(migration, migrations.slice(index));
    if (circle === undefined) return [];
    const limit = `free of circles: ${circle.join(" after ")}`;
    return [
      problem(migration.path, `${migration.at}.after`, migration.after, limit, "remove one of these steps: none of them could start"),
    ];
  });
}

/** The shortest way from a migration by what comes before it to itself, within some of them. */
function wayBack(start: Declared, among: readonly Declared[]): readonly string[] | undefined {
  const ways = [[start.reference]];
  const seen = new Set<string>();
  for (const way of ways) {
    const last = among.find(({ reference }) => reference === way.at(-1));
    for (const before of last?.after ?? []) {
      if (before === start.reference) return [...way, before];
      if (seen.has(before)) continue;
      seen.add(before);
      ways.push([...way, before]);
    }
  }
  return undefined;
}

/** What runs before a release. */
export const migrationRules = [names, order];
