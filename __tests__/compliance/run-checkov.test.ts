import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkovReport } from "../../compliance/checkov-report";
import { runCheckov } from "../../compliance/run-checkov";
import type { CommandOptions, CommandResult, CommandRunner } from "../../operations/run-command";
import { answered, missing, refused, timedOut } from "../operations/checks/fake-runner";

const terraform = { backend: {}, required_providers: {} };
const stacks = { "prod-data": { terraform, resource: { aws_s3_bucket: { Logs_1: {} } } }, "prod-apps": { terraform } };
const verdict = {
  check_id: "CKV_AWS_18",
  check_name: "Ensure that",
  file_abs_path: "stacks/prod-data/cdk.tf.json",
  resource: "aws_s3_bucket.Logs_1",
};
const output = (results: object) =>
  JSON.stringify({ check_type: "terraform_json", results: { passed_checks: [], failed_checks: [], ...results } });

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "evenkeel-checkov-test-"));
});
afterEach(() => rmSync(outdir, { recursive: true }));

/** A checkov that writes a report, and ends as told. */
function checkov(
  report: string | undefined,
  result: CommandResult = answered(""),
  seen: (options?: CommandOptions) => void = () => undefined,
): CommandRunner {
  return async (_, __, options) => {
    seen(options);
    if (report !== undefined) writeFileSync(join(options?.folder ?? "", "results_json.json"), report);
    return result;
  };
}

describe("a scan", () => {
  it("finds what fails, by the address that Terraform knows", async () => {
    const failed_checks = [
      verdict,
      { ...verdict, check_id: "CKV_AWS_19", resource: "resource.Logs_1" },
      { ...verdict, resource: "provider.aws" },
    ];
    const report = await runCheckov({
      python: "python",
      outdir,
      stacks,
      run: checkov(output({ failed_checks, passed_checks: [verdict] })),
    });
    expect(report.findings).toEqual([
      { check: "CKV_AWS_18", title: "Ensure that", address: "prod-data: aws_s3_bucket.Logs_1" },
      { check: "CKV_AWS_19", title: "Ensure that", address: "prod-data: aws_s3_bucket.Logs_1" },
      { check: "CKV_AWS_18", title: "Ensure that", address: "prod-data: provider.aws" },
    ]);
    expect(report.judged).toEqual({ "prod-data": 2, "prod-apps": 0 });
  });

  it("says which files could not be read", () => {
    expect(checkovReport(output({ parsing_errors: ["stacks/prod-apps/cdk.tf.json"] }), stacks).unread).toEqual([
      "stacks/prod-apps/cdk.tf.json",
    ]);
  });

  it("has judged nothing when checkov found nothing to judge", () => {
    const report = checkovReport('{"passed": 0, "failed": 0, "checkov_version": "3.3.30"}', stacks);
    expect(report).toEqual({ findings: [], judged: { "prod-data": 0, "prod-apps": 0 }, unread: [] });
  });

  it("asks nobody, and takes no settings of the machine's", async () => {
    const given: (CommandOptions | undefined)[] = [];
    await runCheckov({ python: "python", outdir, stacks, run: checkov(output({}), answered(""), (options) => given.push(options)) });
    const { folder, variables = {} } = given[0] ?? {};
    expect(folder).toBe(outdir); // not the checkout's, which could have a .checkov.yaml
    expect(Object.entries(variables).filter(([, value]) => value !== undefined)).toEqual([
      ["HOME", outdir],
      ["LANG", "C.UTF-8"],
      ["CKV_SKIP_PACKAGE_UPDATE_CHECK", "true"],
    ]);
    expect(variables).not.toHaveProperty("PATH");
  });

  it.each<readonly [string, CommandRunner, string]>([
    ["checkov crashes", checkov(undefined, refused("Traceback: boom")), "checkov ended with 1, not with a report\nTraceback: boom"],
    ["it crashes after its report", checkov(output({}), refused("Traceback: boom")), "Traceback: boom"],
    ["it writes no report", checkov(undefined), "checkov ended with 0, not with a report"],
    ["it takes too long", checkov(undefined, timedOut), "checkov did not end within 10 s"],
    ["its Python is gone", checkov(undefined, missing), "Remove .venv-checkov, and run the command again."],
    ["its report is of another kind", checkov('[{"results": {}}]'), "checkov's report has no results"],
  ])("fails when %s", async (_, run, problem) => {
    await expect(runCheckov({ python: "python", outdir, stacks, run })).rejects.toMatchObject({
      name: "OperationError",
      message: expect.stringContaining(problem),
    });
  });
});

it("pins the version of checkov", () => {
  const list = readFileSync(resolve(__dirname, "../../compliance/requirements.txt"), "utf8");
  expect(list).toMatch(/^checkov==\d+\.\d+\.\d+$/m);
});
