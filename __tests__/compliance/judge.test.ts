import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allowedFindings } from "../../compliance/allowed-findings";
import { mostAllowedChecks, type AllowedFinding } from "../../compliance/allowed-finding";
import type { CheckovReport } from "../../compliance/checkov-report";
import { judge } from "../../compliance/judge";
import { reportRows, summary } from "../../compliance/report";
import { addressFile } from "../../operations/addresses";

const today = "2026-11-22";
const logging = { check: "CKV_AWS_18", title: "Ensure the S3 bucket has access logging enabled" };
const report: CheckovReport = {
  findings: [
    { ...logging, address: "prod-data: aws_s3_bucket.Logs_1" },
    { ...logging, address: "dev-data: aws_s3_bucket.Logs_1" },
  ],
  judged: { "prod-data": 3, "dev-data": 3 },
  unread: [],
};
const allowed: AllowedFinding = {
  check: "CKV_AWS_18",
  addresses: ["prod-data: aws_s3_bucket.Logs_1"],
  reason: "It holds logs itself, nobody reads more.",
  expires: "2027-11-22",
};

/** Problems of the prepared report with changes of it and of its only allowed finding. */
function problemsOf(entry: Partial<AllowedFinding>, found: Partial<CheckovReport> = {}, clean = ["staging", "prod"]): readonly string[] {
  return judge({ ...report, ...found }, { allowed: [{ ...allowed, ...entry }], clean, today }).problems;
}

describe("a report", () => {
  it("is green when all that fails is allowed, or in an environment that need not be clean", () => {
    const compliance = judge(report, { allowed: [allowed], clean: ["prod"], today });
    expect(compliance.problems).toEqual([]);
    expect(compliance.findings.map(({ verdict }) => verdict)).toEqual(["allowed", "shown"]);
    expect(reportRows(compliance, ["dev", "prod"])).toEqual([["CKV_AWS_18", "S3 bucket has access logging enabled", "1", "1 allowed"]]);
    expect(summary(compliance, report)).toBe("6 resources of 2 stacks judged; 2 findings, 1 of them allowed; no problem.");
  });

  it("has a row for each check, in order", () => {
    const findings = ["CKV_AWS_2", "CKV2_AWS_9"].map((check) => ({ ...logging, check, address: "dev-data: aws_s3_bucket.Logs_1" }));
    const compliance = judge({ ...report, findings }, { allowed: [], clean: [], today });
    expect(reportRows(compliance, ["dev"]).map(([check, , count]) => [check, count])).toEqual([
      ["CKV2_AWS_9", "1"],
      ["CKV_AWS_2", "1"],
    ]);
  });

  it("fails when something is found that is not allowed", () => {
    const compliance = judge(report, { allowed: [], clean: ["dev", "prod"], today });
    expect(compliance.problems).toEqual([
      expect.stringMatching(
        /^prod-data: aws_s3_bucket.Logs_1: CKV_AWS_18 fails: .* mend it, or allow it in compliance\/allowed-findings.ts$/,
      ),
      expect.stringMatching(/^dev-data: /),
    ]);
    expect(reportRows(compliance, ["prod"])[0]?.[2]).toBe("1 FAILS");
    expect(summary(compliance, report)).toContain("2 problems.");
  });

  it.each<readonly [string, Partial<AllowedFinding>]>([
    ["is of another check", { check: "CKV_AWS_21" }],
    ["is of another resource", { addresses: ["prod-data: aws_s3_bucket.Logs_2"] }],
    ["is of another environment", { addresses: ["staging-data: aws_s3_bucket.Logs_1"] }],
  ])("fails when what is allowed %s: one finding is not allowed, one entry is in vain", (_, entry) => {
    expect(problemsOf(entry)).toEqual([expect.stringContaining("fails:"), expect.stringContaining("does not fail any more; remove it")]);
  });

  it("is not about entries for environments that were not scanned", () => {
    expect(problemsOf({ addresses: [...allowed.addresses, "staging-data: aws_s3_bucket.Logs_1"] }, {}, ["prod"])).toEqual([]);
  });

  it.each<readonly [string, Partial<AllowedFinding>, string]>([
    ["has expired", { expires: "2026-11-21" }, "expires is 2026-11-21, must be 2026-11-22 or later"],
    ["expires in two years", { expires: "2028-11-22" }, "must be at most a year after 2026-11-22"],
    ["expires on no day", { expires: "2027-02-30" }, 'expires is "2027-02-30", must be a day'],
    ["has no reason", { reason: "  n/a " }, 'reason is "  n/a ", must be a sentence'],
    ["is there twice", { addresses: [...allowed.addresses, ...allowed.addresses] }, "is there twice; remove one"],
  ])("fails when an allowed finding %s", (_, entry, problem) => {
    expect(problemsOf(entry)).toEqual([expect.stringContaining(problem)]);
  });

  it("takes a finding that expires today, or in a year", () => {
    for (const expires of [today, "2027-11-22"]) expect(problemsOf({ expires })).toEqual([]);
  });

  it("fails when more checks are allowed to fail than anybody reads", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...allowed, check: `CKV_X_${index}`, addresses: ["dev-data: aws_s3_bucket.Logs_1"] }));
    const options = { clean: [], today };
    expect(judge(report, { ...options, allowed: many(12) }).problems).toEqual([]);
    expect(judge(report, { ...options, allowed: many(13) }).problems).toEqual([
      expect.stringContaining("13 checks are named, must be 12 at most"),
    ]);
  });

  it("fails when checkov did not read a file, or nothing of a stack that must be clean", () => {
    expect(problemsOf({}, { unread: ["stacks/prod-data/cdk.tf.json"] })).toEqual([expect.stringContaining("could not be read by checkov")]);
    expect(problemsOf({}, { judged: { "prod-data": 1, "prod-apps": 0, "dev-apps": 0 } })).toEqual([
      "prod-apps: checkov judged 0 resources, must be 1 or more; it skips what it cannot read",
    ]);
  });
});

describe("the allowed findings of this project", () => {
  it(`are of ${mostAllowedChecks} checks at most, each with a reason, for a year at most`, () => {
    const clean: readonly string[] = [];
    expect(judge({ findings: [], judged: {}, unread: [] }, { allowed: allowedFindings, clean, today }).problems).toEqual([]);
    expect(new Set(allowedFindings.map(({ check }) => check)).size).toBeLessThanOrEqual(mostAllowedChecks);
  });

  it("are about staging and prod: the others need not be clean", () => {
    const places = allowedFindings.flatMap(({ addresses }) => addresses);
    expect(places.filter((address) => !/^(staging|prod)-/.test(address))).toEqual([]);
  });

  it("are about resources that there are", () => {
    const files = ["staging", "prod"].map((environment) => readFileSync(join(__dirname, "../..", addressFile(environment)), "utf8"));
    const committed = files.flatMap((file) => file.split("\n"));
    const places = allowedFindings.flatMap(({ addresses }) => addresses);
    expect(places.filter((address) => !committed.includes(address))).toEqual([]);
  });
});
