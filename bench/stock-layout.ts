import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandRunner } from "../operations/run-command";
import { stockBucket, type Scenario } from "./scenarios";

/** The version that `cdktf init` of 0.21 installs. It is none of our dependencies: only this comparison needs it. */
const tsNode = "ts-node@10.9.2";

/** Longest that npm may take, in seconds. */
const installSeconds = 120;

/** Packages that the program and ts-node take from this project. */
const linked = ["@cdktf", "@types", "cdktf", "constructs", "typescript"];

/** What people write first: the provider's documentation imports from the barrel. */
const program = `import { Construct } from "constructs";
import { App, TerraformStack } from "cdktf";
import { provider, s3Bucket } from "@cdktf/provider-aws";

class MyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new provider.AwsProvider(this, "Aws", { region: "eu-central-1" });
    new s3Bucket.S3Bucket(this, "Bucket");
  }
}

const app = new App();
new MyStack(app, "stock");
app.synth();
`;

/** Lays out a project as `cdktf init` does, or says why that cannot be. */
export async function prepareStock(
  project: string,
  folder: string,
  run: CommandRunner,
): Promise<{ readonly scenario: Scenario } | { readonly skipped: string }> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const npm = [
    "install",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--legacy-peer-deps",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=0",
    "--loglevel=error",
  ];
  const installed = await run("npm", [...npm, tsNode], { seconds: installSeconds });
  if (installed.outcome !== "ended") return { skipped: `npm install ${tsNode}: ${installed.outcome}` };
  if (installed.exitCode !== 0) return { skipped: `npm install ${tsNode} ended with ${installed.exitCode}: ${reason(installed.stderr)}` };

  for (const name of linked) symlinkSync(join(project, "node_modules", name), join(folder, "node_modules", name));
  const template = join(dirname(require.resolve("cdktf-cli/package.json")), "bundle/templates/typescript");
  copyFileSync(join(template, "tsconfig.json"), join(folder, "tsconfig.json"));
  writeFileSync(join(folder, "main.ts"), program);
  // The template runs `npx ts-node`; without npx the comparison is in its favour.
  return { scenario: { name: stockBucket, program: { folder, args: ["node_modules/ts-node/dist/bin.js", "main.ts"] } } };
}

/** The last words of npm that say what went wrong. */
function reason(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log/.test(line));
  return lines.slice(0, 3).join(" ") || stderr.trim();
}
