import type { CommandRunner } from "../run-command";
import { answerOf, failureOf, type Finding } from "./check";

/** Node, against the range of package.json: `>=<lowest> <<next major>`. */
export function checkNode(version: string, range: string): Finding {
  const [, lowest = "0", below = "999"] = /^>=([\d.]+) <(\d+)/.exec(range) ?? [];
  const fits = compareVersions(version, lowest) >= 0 && compareVersions(version, below) < 0;
  return fits
    ? { check: "node", status: "ok", found: version }
    : { check: "node", status: "missing", found: version, advice: `install Node ${range}, 22 is recommended: https://nodejs.org` };
}

/** Oldest engines whose S3 backend locks without DynamoDB. */
const leastEngines = { Terraform: "1.11", OpenTofu: "1.10" } as const;

/** The engine. Its plain words are read: in JSON both call themselves Terraform. */
export async function checkEngine(run: CommandRunner, binary: string): Promise<Finding> {
  const check = `engine (${binary})`;
  const advice =
    "install Terraform >= 1.11 (https://developer.hashicorp.com/terraform/install) or OpenTofu >= 1.10 (https://opentofu.org/docs/intro/install), " +
    "and choose it by TERRAFORM_BINARY_NAME";
  const result = await run(binary, ["version"]);
  const answer = answerOf(result);
  if (answer === undefined) return { check, status: "missing", found: failureOf(result), advice };
  const [, name, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+)/m.exec(answer) ?? [];
  if (version === undefined) return { check, status: "missing", found: "neither Terraform nor OpenTofu", advice };
  const least = leastEngines[name === "OpenTofu" ? "OpenTofu" : "Terraform"];
  const found = `${name} ${version}`;
  return compareVersions(version, least) >= 0 ? { check, status: "ok", found } : { check, status: "missing", found, advice };
}

/** The AWS CLI, which the kubernetes provider asks for a token of EKS. */
export async function checkAwsCli(run: CommandRunner): Promise<Finding> {
  const check = "aws CLI";
  const advice = "install version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";
  const result = await run("aws", ["--version"]);
  const answer = answerOf(result);
  if (answer === undefined) return { check, status: "missing", found: failureOf(result), advice };
  const version = /aws-cli\/(\d+\.\d+\.\d+)/.exec(answer)?.[1];
  if (version === undefined) return { check, status: "missing", found: "an unknown version", advice };
  return compareVersions(version, "2") >= 0
    ? { check, status: "ok", found: version }
    : { check, status: "missing", found: version, advice };
}

/** Below zero when the first is older; missing parts count as 0. */
export function compareVersions(one: string, other: string): number {
  const parts = (version: string) =>
    version
      .replace(/^v/, "")
      .split(".")
      .map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(one), parts(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
