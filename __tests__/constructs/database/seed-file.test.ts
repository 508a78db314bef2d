import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { readSeedFile, seedFileLimit } from "../../../constructs/database/seed-file";

const project = join(__dirname, "../../..");

describe("a file of seeds", () => {
  const folder = mkdtempSync(join(tmpdir(), "seed-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  function seed(name: string, content: string | Buffer): string {
    const file = join(folder, name);
    writeFileSync(file, content);
    return relative(project, file);
  }

  it("is read as it is, by its path in the project", () => {
    const path = seed("fine.sql", "INSERT INTO t VALUES ('Grüße, ${x}');\n");
    expect(seedFileLimit(path)).toBeUndefined();
    expect(readSeedFile(path)).toBe("INSERT INTO t VALUES ('Grüße, ${x}');\n");
  });

  it("loses the byte order mark that editors put before it", () => {
    const path = seed("marked.sql", "\uFEFFSELECT 1;");
    expect(seedFileLimit(path)).toBeUndefined();
    expect(readSeedFile(path)).toBe("SELECT 1;");
  });

  it("fails when there is no such file, neither at the end nor on the way", () => {
    expect(seedFileLimit("seeds/missing.sql")).toBe("a file that exists");
    expect(seedFileLimit(`${seed("file.sql", "SELECT 1;")}/inner.sql`)).toBe("a file that exists");
  });

  it("fails when it is a folder", () => {
    mkdirSync(join(folder, "folder.sql"));
    expect(seedFileLimit(relative(project, join(folder, "folder.sql")))).toBe("a file, not a folder");
  });

  it("fails when it cannot be read", () => {
    symlinkSync(join(folder, "round.sql"), join(folder, "round.sql"));
    expect(seedFileLimit(relative(project, join(folder, "round.sql")))).toBe("a file that can be read, which is refused with ELOOP");
  });

  it.each(["", " \n\t\n", "\uFEFF"])("fails when nothing is in it: %j", (content) => {
    expect(seedFileLimit(seed("empty.sql", content))).toBe("a file with SQL in it");
  });

  it("fails when it is not in UTF-8", () => {
    expect(seedFileLimit(seed("latin.sql", Buffer.from("SELECT 'Gr\u00fc\u00dfe';", "latin1")))).toBe("a file in UTF-8");
  });

  it("fails when it has the character NUL", () => {
    expect(seedFileLimit(seed("nul.sql", "SELECT '\0';"))).toBe("a file without the character NUL, which no SQL has");
  });

  it.each([
    [999_999, undefined],
    [1_000_000, undefined],
    [1_000_001, "a file of at most 1000000 bytes, not 1000001: a ConfigMap takes no more"],
  ])("fails when it is too large for a ConfigMap: %i bytes", (bytes, limit) => {
    expect(seedFileLimit(seed("large.sql", "-".repeat(bytes)))).toBe(limit);
  });

  it("counts bytes, not characters", () => {
    expect(seedFileLimit(seed("wide.sql", "ü".repeat(500_001)))).toContain("not 1000002");
  });
});
