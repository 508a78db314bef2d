import { awsNames } from "../../constructs/shared/naming";
import type { AwsEnvironment } from "../../environments/environment";
import { placeholdersOf } from "../../environments/placeholders";
import { connects } from "../connects";
import type { CommandRunner } from "../run-command";
import { answerOf, failureOf, variableFor, type Finding } from "./check";

/** Who the AWS CLI signs in as; undefined when it cannot. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** The credentials of this shell. They are asked once, for all environments. */
export async function checkCredentials(
  run: CommandRunner,
  region: string,
): Promise<{ readonly finding: Finding; readonly caller?: Caller }> {
  const check = "aws credentials";
  const result = await run("aws", ["sts", "get-caller-identity", "--region", region, "--output", "json"]);
  const caller = parseCaller(answerOf(result));
  if (caller !== undefined) return { finding: { check, status: "ok", found: caller.arn }, caller };
  const found = result.outcome === "ended" && result.exitCode === 0 ? "an unexpected answer" : failureOf(result);
  return { finding: { check, status: "missing", found, advice: "`aws sso login`, or choose a profile by AWS_PROFILE" } };
}

function parseCaller(answer: string | undefined): Caller | undefined {
  try {
    const identity = JSON.parse(answer ?? "") as { readonly Account?: unknown; readonly Arn?: unknown };
    return typeof identity.Account === "string" && typeof identity.Arn === "string"
      ? { account: identity.Account, arn: identity.Arn }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the credentials are those of the environment's account. */
export function checkAccount(environment: AwsEnvironment, caller: Caller | undefined): Finding {
  const check = `${environment.name}: account`;
  const { accountId } = environment;
  if (placeholdersOf(environment).some(({ field }) => field === "accountId")) {
    const variable = variableFor(environment.name, ["accountId"]);
    return { check, status: "missing", found: `${accountId} is a placeholder`, advice: `set ${variable} to the account's 12 digits` };
  }
  if (caller === undefined) return unchecked(check);
  return caller.account === accountId
    ? { check, status: "ok", found: accountId }
    : {
        check,
        status: "missing",
        found: `credentials of ${caller.account}`,
        advice: `use credentials of account ${accountId} (AWS_PROFILE)`,
      };
}

/** Whether the bucket for the environment's state is there. */
export async function checkStateBucket(run: CommandRunner, environment: AwsEnvironment, caller: Caller | undefined): Promise<Finding> {
  const check = `${environment.name}: state bucket`;
  if (caller?.account !== environment.accountId) return unchecked(check);
  const { stateBucket } = awsNames(environment);
  const owner = ["--expected-bucket-owner", environment.accountId];
  const result = await run("aws", ["s3api", "head-bucket", "--bucket", stateBucket, "--region", environment.region, ...owner]);
  if (answerOf(result) !== undefined) return { check, status: "ok", found: stateBucket };
  const failure = failureOf(result);
  if (/\(404\)|Not Found/.test(failure)) {
    return { check, status: "missing", found: "not there yet", advice: `npm run bootstrap -- ${environment.name}` };
  }
  const advice = "see that the credentials may use the bucket, and that nobody else owns its name";
  return { check, status: /\(403\)|Forbidden/.test(failure) ? "missing" : "warn", found: failure, advice };
}

/** Whether the API server of the cluster is reached from here; there is nothing to reach before it exists. */
export async function checkEndpoint(
  run: CommandRunner,
  environment: AwsEnvironment,
  caller: Caller | undefined,
  reaches: typeof connects = connects,
): Promise<Finding> {
  const check = `${environment.name}: API server`;
  if (caller?.account !== environment.accountId) return unchecked(check);
  const { endpoint } = environment.cluster;
  const name = awsNames(environment).cluster;
  const query = ["--query", "cluster.endpoint", "--output", "json"];
  const result = await run("aws", ["eks", "describe-cluster", "--name", name, "--region", environment.region, ...query]);
  const answer = answerOf(result);
  if (answer === undefined) {
    const failure = failureOf(result);
    if (failure.includes("ResourceNotFoundException")) return { check, status: "ok", found: "no cluster yet" };
    return { check, status: "warn", found: failure, advice: "see that the credentials may do eks:DescribeCluster" };
  }
  const tunnel = endpoint.access === "private" && endpoint.reach.by === "tunnel" ? endpoint.reach.address : undefined;
  const address = tunnel ?? `${new URL(JSON.parse(answer) as string).host}:443`;
  if (await reaches(address)) return { check, status: "ok", found: `${address} answers` };
  return { check, status: "missing", found: `${address} does not answer`, advice: howToReach(environment) };
}

function howToReach({ name, cluster: { endpoint } }: AwsEnvironment): string {
  if (endpoint.access === "public") {
    return `see that your address is within ${endpoint.cidrs.join(", ")}, or set ${variableFor(name, ["cluster", "endpoint", "cidrs"])}`;
  }
  return endpoint.reach.by === "vpn"
    ? `connect to the VPN of ${endpoint.reach.cidrs.join(", ")}`
    : `open the tunnel at ${endpoint.reach.address}`;
}

function unchecked(check: string): Finding {
  return { check, status: "warn", found: "not checked, without credentials of its account" };
}
