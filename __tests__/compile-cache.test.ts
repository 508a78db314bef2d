import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const project = join(__dirname, "..");

describe("what is kept from one start to the next", () => {
  let folder: string;
  const kept = () => join(folder, "node_modules/.cache/evenkeel");
  const start = () =>
    execFileSync(process.execPath, ["--require", "./scripts/transpile.cjs", "program.ts"], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "compile-cache-"));
    cpSync(join(project, "scripts/transpile.cjs"), join(folder, "scripts/transpile.cjs"));
    cpSync(join(project, "scripts/compile-cache.cjs"), join(folder, "scripts/compile-cache.cjs"));
    cpSync(join(project, ".swcrc"), join(folder, ".swcrc"));
    mkdirSync(join(folder, "node_modules/@swc"), { recursive: true });
    for (const name of ["pirates", "@swc/core"]) symlinkSync(join(project, "node_modules", name), join(folder, "node_modules", name));
    writeFileSync(join(folder, "program.ts"), `import { word } from "./word";\nconsole.log(word as string);\n`);
    writeFileSync(join(folder, "word.ts"), `export const word: string = "first";\n`);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is read by the next start, which does not compile again", () => {
    expect(start()).toBe("first");
    // Without the compiler, only what has been kept can run.
    rmSync(join(folder, "node_modules/@swc/core"));
    expect(start()).toBe("first");
  });

  it("does not outlive a change", () => {
    expect(start()).toBe("first");
    writeFileSync(join(folder, "word.ts"), `export const word: string = "other";\n`);
    expect(start()).toBe("other");
  });

  it("is done without when it cannot be read or written", () => {
    expect(start()).toBe("first");
    for (const name of readdirSync(kept())) writeFileSync(join(kept(), name), "no cache");
    expect(start()).toBe("first");
    rmSync(kept(), { recursive: true });
    writeFileSync(kept(), "no folder");
    expect(start()).toBe("first");
  });

  it("is not written by a copy that borrows its modules", () => {
    const borrowed = `${folder}-modules`;
    cpSync(join(folder, "node_modules"), borrowed, { recursive: true, verbatimSymlinks: true });
    rmSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(borrowed, join(folder, "node_modules"));
    try {
      expect(start()).toBe("first");
      expect(existsSync(kept())).toBe(false);
    } finally {
      rmSync(borrowed, { recursive: true });
    }
  });

  it("leaves alone what is in no file", () => {
    const flags = ["--require", "./scripts/transpile.cjs", "--eval", 'console.log(require("./word").word)'];
    const said = execFileSync(process.execPath, flags, { cwd: folder, encoding: "utf8", stdio: "pipe" });
    expect(said.trim()).toBe("first");
  });

  it("tells errors where they are, in the file as it was written", () => {
    writeFileSync(join(folder, "word.ts"), `export const word: string = missing;\ndeclare const missing: string;\n`);
    for (let run = 0; run < 2; run += 1) expect(start).toThrow(/word\.ts:\d+\n[\s\S]*missing is not defined/);
  });
});
