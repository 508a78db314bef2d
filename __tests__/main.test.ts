import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { childVariables, knownVariables } from "../environments/variables";

const root = resolve(__dirname, "..");

/** Most files that the entry may load. A barrel of a provider alone has 2,600. */
const mostFiles = 1150;

describe("main.ts", () => {
  const loaded = loadedFiles();

  it(`loads at most ${mostFiles} files for all environments`, () => {
    expect(loaded).toContain("main.ts");
    expect(loaded).toContain("constructs/cluster/eks-cluster.ts");
    expect(loaded.length).toBeLessThanOrEqual(mostFiles);
  });

  it("loads resources of providers one by one, never their barrel", () => {
    expect(loaded.filter((file) => /@cdktf\/provider-[a-z]+\/lib\/index\.js$/.test(file))).toEqual([]);
    expect(loaded.filter((file) => /@cdktf\/provider-aws\/lib\/s3-bucket\/index\.js$/.test(file))).toHaveLength(1);
  });

  it("loads neither types nor the engine nor what only commands need", () => {
    expect(loaded.filter((file) => /node_modules\/(typescript|ts-node|cdktf-cli|commander|@aws-sdk)\//.test(file))).toEqual([]);
  });

  it("reads dashboards, and loads nothing that makes them", () => {
    expect(loaded).toContain("constructs/dashboards/dashboards.ts");
    expect(loaded.filter((file) => /grafana-foundation-sdk|^dashboards\//.test(file))).toEqual(["dashboards/blanks.ts"]);
  });
});

/** Files that a synthesis of all environments loads, as paths below the project. */
function loadedFiles(): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-main-"));
  try {
    const withoutOurs = Object.fromEntries(knownVariables().map((variable) => [variable, undefined]));
    const output = execFileSync(
      process.execPath,
      [
        "--require",
        join(root, "scripts/transpile.cjs"),
        "--eval",
        'require("./main.ts"); console.log(JSON.stringify(Object.keys(require.cache)))',
      ],
      { cwd: root, env: childVariables({ ...withoutOurs, CDKTF_OUTDIR: outdir }), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    return (JSON.parse(output) as readonly string[]).map((file) => file.replace(`${root}/`, ""));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
