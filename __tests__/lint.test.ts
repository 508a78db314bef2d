import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "..");

interface Source {
  /** Where the code would be, from the project's folder. */
  readonly file: string;
  readonly code: string;
}

/** What the rules refuse: the code, and the message that names the way out. */
const refused: readonly (Source & { readonly rule: string; readonly message: string })[] = [
  {
    rule: "a barrel import of a provider",
    file: "constructs/state/other.ts",
    code: 'import { s3Bucket } from "@cdktf/provider-aws";\nexport const made = s3Bucket;\n',
    message: "Import from /lib/<resource>: the barrel costs 2,600 files and 570 MB.",
  },
  {
    rule: "internals of cdktf",
    file: "stacks/other.ts",
    code: 'import { makeUniqueId } from "cdktf/lib/private/unique";\nexport const made = makeUniqueId;\n',
    message: "Import from cdktf: its internals will not survive the move to cdktn.",
  },
  {
    rule: "the target outside of the catalog",
    file: "stacks/other.ts",
    code: 'export const local = (environment: { target: string }) => environment.target === "local";\n',
    message: "Only constructs/catalog.ts decides on the target; ask the catalog for what differs.",
  },
  {
    rule: "the target by way of something else",
    file: "constructs/state/other.ts",
    code: "export const targetOf = (props: { environment: { target: string } }) => props.environment.target;\n",
    message: "Only constructs/catalog.ts decides on the target; ask the catalog for what differs.",
  },
  {
    rule: "a decision on the environment's name",
    file: "constructs/state/other.ts",
    code: 'export const safe = (environment: { name: string }) => environment.name === "prod";\n',
    message: "dev, staging and prod differ by data: add a field to the environment.",
  },
  {
    rule: "the target by destructuring",
    file: "stacks/other.ts",
    code: "export function targetOf(environment: { target: string }) {\n  const { target } = environment;\n  return target;\n}\n",
    message: "Only constructs/catalog.ts decides on the target; ask the catalog for what differs.",
  },
  {
    rule: "a switch on the name of an environment in props",
    file: "stacks/other.ts",
    code: 'export function size(props: { environment: { name: string } }) {\n  switch (props.environment.name) {\n    case "prod":\n      return 3;\n  }\n  return 1;\n}\n',
    message: "dev, staging and prod differ by data: add a field to the environment.",
  },
  {
    rule: "the target in an application",
    file: "applications/other.ts",
    code: 'export const local = (environment: { target: string }) => environment.target === "local";\n',
    message: "Only constructs/catalog.ts decides on the target; ask the catalog for what differs.",
  },
  {
    rule: "process.env by destructuring",
    file: "operations/other.ts",
    code: "const { env } = process;\nexport const region = env.AWS_REGION;\n",
    message: "Read environment variables in environments/variables.ts: one place says what there is.",
  },
  {
    rule: "process.env of the global object",
    file: "operations/other.ts",
    code: "export const region = globalThis.process.env.AWS_REGION;\n",
    message: "Read environment variables in environments/variables.ts: one place says what there is.",
  },
  {
    rule: "a vague name",
    file: "constructs/state/other.ts",
    code: "/** Keeps state. */\nexport class StateManager {}\n",
    message: "Name what it does: a technology for a variant, a role for an interface.",
  },
  {
    rule: "an exported class that says nothing of itself",
    file: "constructs/state/other.ts",
    code: "export class Bucket {}\n",
    message: "Missing JSDoc comment.",
  },
  ...["constructs/state/other.ts", "stacks/other.ts", "operations/other.ts", "environments/other.ts", "constructs/catalog.ts"].map(
    (file) => ({
      rule: `process.env in ${file}`,
      file,
      code: "export const region = process.env.AWS_REGION;\n",
      message: "Read environment variables in environments/variables.ts: one place says what there is.",
    }),
  ),
  ...["applications/other.ts", "dashboards/other.ts", "environments/other.ts", "operations/other.ts", "scripts/other.ts"].map((file) => ({
    rule: `cdktf in ${file}`,
    file,
    code: 'import { App } from "cdktf";\nexport const app = new App();\n',
    message: "Only constructs/ and stacks/ know cdktf, so that its successor is a rename.",
  })),
  {
    rule: "internals of cdktf in operations/",
    file: "operations/other.ts",
    code: 'import { App } from "cdktf/lib/app";\nexport const app = new App();\n',
    message: "Only constructs/ and stacks/ know cdktf, so that its successor is a rename.",
  },
  {
    rule: "a provider in environments/",
    file: "environments/other.ts",
    code: 'import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";\nexport const made = S3Bucket;\n',
    message: "Only constructs/ and stacks/ know cdktf, so that its successor is a rename.",
  },
  ...["constructs/state/other.ts", "environments/variables.ts"].map((file) => ({
    rule: `! in ${file}`,
    file,
    code: "export const first = (names: readonly string[]) => names[0]!;\n",
    message: "Say what happens when the value is missing.",
  })),
  {
    rule: "any",
    file: "constructs/state/other.ts",
    code: "export const same = (value: any) => value;\n",
    message: "Unexpected any. Specify a different type.",
  },
];

/** What the rules let through, so that none of them refuses everything. */
const accepted: readonly Source[] = [
  {
    file: "constructs/state/other.ts",
    code: 'import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";\nexport const made = S3Bucket;\n',
  },
  { file: "stacks/other.ts", code: 'import { App } from "cdktf";\nexport const app = new App();\n' },
  { file: "constructs/catalog.ts", code: "export const targetOf = (environment: { target: string }) => environment.target;\n" },
  { file: "applications/rules/other.ts", code: "export const targetOf = (environment: { target: string }) => environment.target;\n" },
  { file: "environments/variables.ts", code: "export const machine = process.env;\n" },
  { file: "constructs/state/other.ts", code: "export const named = (environment: { name: string }) => `${environment.name}-state`;\n" },
];

describe("eslint", () => {
  const messages = lint([...refused, ...accepted]);

  it.each(refused.map((source, index) => ({ ...source, index })))("fails when there is $rule", ({ message, index }) => {
    expect(messages[index]).toContainEqual(expect.stringContaining(message));
  });

  it.each(accepted.map((source, index) => ({ ...source, index: index + refused.length })))(
    "accepts the same where it belongs, in $file (%#)",
    ({ index }) => {
      expect(messages[index]).toEqual([]);
    },
  );
});

/** Errors of ESLint for each source, under the project's configuration. In a process of its own: jest cannot load its modules. */
function lint(sources: readonly Source[]): readonly (readonly string[])[] {
  const script = `
    const { ESLint } = require("eslint");
    const sources = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    const eslint = new ESLint();
    Promise.all(sources.map(({ code, file }) => eslint.lintText(code, { filePath: file, warnIgnored: true })))
      .then((results) => console.log(JSON.stringify(results.map(([result]) => result.messages.filter(({ severity }) => severity === 2).map(({ message }) => message)))));`;
  const output = execFileSync(process.execPath, ["--eval", script], { cwd: root, input: JSON.stringify(sources), encoding: "utf8" });
  return JSON.parse(output) as readonly (readonly string[])[];
}
