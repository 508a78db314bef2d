import { plain, refusals } from "../changed";

const path = "applications.ml-platform.workloads";
const migration = (name: string, ...after: readonly string[]) => ({ name, command: ["migrate"], ...(after.length > 0 ? { after } : {}) });
const told = (backend: readonly unknown[], worker: readonly unknown[] = []) =>
  refusals({
    "ml-platform.workloads.backend.migrations": backend,
    "ml-platform.workloads.worker": { ...plain, migrations: worker },
  });

describe("migrations", () => {
  test("may come after others of the application", () => {
    expect(told([migration("b", "worker/a"), migration("c", "backend/b", "worker/a")], [migration("a")])).toEqual([]);
  });

  test("fails when two of a workload have one name", () => {
    expect(told([migration("a"), migration("a")], [migration("a")])).toEqual([
      `${path}.backend.migrations.1: name is "a", must be different from that of migrations.0; rename one of the two`,
    ]);
  });

  test("fails when what comes before is not there, or is named twice", () => {
    expect(told([migration("a", "worker/schem", "b", "search/a", "worker/schema", "worker/schema")], [migration("schema")])).toEqual([
      `${path}.backend.migrations.0: after.0 is "worker/schem", must be a migration of the application, as <workload>/<migration>; did you mean worker/schema?`,
      `${path}.backend.migrations.0: after.1 is "b", must be a migration of the application, as <workload>/<migration>; name one of them, or remove it: there are backend/a, worker/schema`,
      expect.stringContaining('after.2 is "search/a", must be a migration of the application'),
      `${path}.backend.migrations.0: after.4 is "worker/schema", must be different from after.3; remove the repetition`,
    ]);
  });

  test("fails when they wait for each other, and says how, once for each circle", () => {
    const fix = "remove one of these steps: none of them could start";
    expect(told([migration("a", "backend/a")])).toEqual([
      `${path}.backend.migrations.0: after is ["backend/a"], must be free of circles: backend/a after backend/a; ${fix}`,
    ]);
    const circle = told([migration("a", "worker/c"), migration("b", "backend/a")], [migration("c", "backend/b")]);
    expect(circle).toEqual([
      `${path}.backend.migrations.0: after is ["worker/c"], must be free of circles: backend/a after worker/c after backend/b after backend/a; ${fix}`,
    ]);
    const two = told([migration("a", "backend/b"), migration("b", "backend/a"), migration("c", "backend/d"), migration("d", "backend/c")]);
    expect(two).toEqual([expect.stringContaining("migrations.0: after is"), expect.stringContaining("migrations.2: after is")]);
  });

  test("are found to be in a circle behind others that are in none", () => {
    const lines = told([migration("start", "backend/a"), migration("a", "backend/b"), migration("b", "backend/a")]);
    expect(lines).toEqual([expect.stringContaining("migrations.1: after is")]);
  });

  test("are not missed while one of them is malformed", () => {
    expect(told([migration("a", "worker/b")], [{ name: "b" }])).toEqual([expect.stringContaining("migrations.0: command is missing")]);
  });
});
