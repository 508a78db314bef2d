import { createServer, type AddressInfo } from "node:net";
import { dev } from "../../../environments/dev";
import type { AwsEnvironment } from "../../../environments/environment";
import { prod } from "../../../environments/prod";
import { checkAccount, checkCredentials, checkEndpoint, checkStateBucket } from "../../../operations/checks/aws-account";
import { connects } from "../../../operations/connects";
import { answered, missing, refused, runner, timedOut } from "./fake-runner";

const accountId = "123456789012";
const caller = { account: accountId, arn: `arn:aws:sts::${accountId}:assumed-role/admin/me` };
const environment: AwsEnvironment = { ...dev, accountId };

describe("credentials", () => {
  it("says who they are", async () => {
    const answer = answered(JSON.stringify({ UserId: "AROA", Account: accountId, Arn: caller.arn }));

    expect(
      await checkCredentials(runner({ "aws sts get-caller-identity --region eu-north-1 --output json": answer }), "eu-north-1"),
    ).toEqual({
      finding: { check: "aws credentials", status: "ok", found: caller.arn },
      caller,
    });
  });

  it.each([
    [refused("\nUnable to locate credentials."), "Unable to locate credentials."],
    [timedOut, "no answer within 10 s"],
    [missing, "not found"],
    [answered("not json"), "an unexpected answer"],
    [answered('{"Account": 12}'), "an unexpected answer"],
  ])("fails when there are none: %j", async (result, found) => {
    const { finding, caller: nobody } = await checkCredentials(runner({ "aws sts": result }), "eu-north-1");

    expect(finding).toMatchObject({ status: "missing", found });
    expect(nobody).toBeUndefined();
  });
});

describe("account", () => {
  it("compares it with the credentials'", () => {
    expect(checkAccount(environment, caller)).toMatchObject({ status: "ok", found: accountId });
    expect(checkAccount(environment, { ...caller, account: "210987654321" })).toMatchObject({
      status: "missing",
      found: "credentials of 210987654321",
    });
    expect(checkAccount(environment, undefined)).toMatchObject({ status: "warn" });
  });

  it("fails when it is a placeholder, with the variable to set", () => {
    expect(checkAccount(dev, caller)).toMatchObject({
      status: "missing",
      advice: "set EVENKEEL_DEV_ACCOUNT_ID to the account's 12 digits",
    });
  });
});

describe("state bucket", () => {
  const head = `aws s3api head-bucket --bucket ml-platform-dev-state-${accountId} --region eu-central-1 --expected-bucket-owner ${accountId}`;
  const check = (result: ReturnType<typeof answered>) => checkStateBucket(runner({ [head]: result }), environment, caller);

  it("tells a bucket that is there from one that is not", async () => {
    expect(await check(answered(""))).toMatchObject({ status: "ok" });
    const account = refused('Could not connect to the endpoint URL: "https://ml-platform-dev-state-140412345678.s3.amazonaws.com/"');
    expect(await check(account)).toMatchObject({ status: "warn" }); // a number within the message is no status
    expect(await check(refused("An error occurred (404) when calling the HeadBucket operation: Not Found"))).toMatchObject({
      status: "missing",
      advice: "npm run bootstrap -- dev",
    });
    expect(await check(refused("An error occurred (403) when calling the HeadBucket operation: Forbidden"))).toMatchObject({
      status: "missing",
    });
    expect(await check(timedOut)).toMatchObject({ status: "warn", found: "no answer within 10 s" });
  });

  it("asks nothing with the credentials of another account", async () => {
    expect(await checkStateBucket(runner({}), environment, { ...caller, account: "210987654321" })).toMatchObject({ status: "warn" });
    expect(await checkStateBucket(runner({}), environment, undefined)).toMatchObject({ status: "warn" });
  });
});

describe("API server", () => {
  const describeCluster = (name: string) => `aws eks describe-cluster --name ${name} --region eu-central-1`;
  const endpoint = answered('"https://ABC.gr7.eu-central-1.eks.amazonaws.com"\n');
  const check = (of: AwsEnvironment, result: ReturnType<typeof answered>, reached: boolean) => {
    const asked: string[] = [];
    const reaches = async (address: string) => (asked.push(address), reached);
    const name = `ml-platform-${of.name}`;
    return checkEndpoint(runner({ [describeCluster(name)]: result }), of, caller, reaches).then((finding) => ({ finding, asked }));
  };
  const vpn: AwsEnvironment = { ...prod, accountId };
  const tunnel: AwsEnvironment = {
    ...vpn,
    cluster: {
      ...vpn.cluster,
      endpoint: {
        access: "private",
        reach: { by: "tunnel", address: "localhost:8443", tlsServerName: "ABC.gr7.eu-central-1.eks.amazonaws.com" },
      },
    },
  };

  it("connects to the cluster's own address, or to the tunnel", async () => {
    expect(await check(vpn, endpoint, true)).toMatchObject({
      finding: { status: "ok" },
      asked: ["abc.gr7.eu-central-1.eks.amazonaws.com:443"],
    });
    expect(await check(tunnel, endpoint, true)).toMatchObject({ finding: { status: "ok" }, asked: ["localhost:8443"] });
  });

  it("fails when it does not answer, with what to open", async () => {
    expect((await check(vpn, endpoint, false)).finding).toMatchObject({ status: "missing", advice: "connect to the VPN of 10.250.0.0/16" });
    expect((await check(tunnel, endpoint, false)).finding).toMatchObject({
      status: "missing",
      advice: "open the tunnel at localhost:8443",
    });
    expect((await check(environment, endpoint, false)).finding.advice).toContain("203.0.113.0/24, or set EVENKEEL_DEV_API_CIDRS");
  });

  it("has nothing to reach before there is a cluster", async () => {
    const none = refused("\nAn error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: No cluster found");

    expect(await check(vpn, none, false)).toMatchObject({ finding: { status: "ok", found: "no cluster yet" }, asked: [] });
    expect(await check(vpn, timedOut, false)).toMatchObject({ finding: { status: "warn" }, asked: [] });
  });
});

it("connects to what listens, and to nothing else", async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  expect(await connects(address)).toBe(true);
  await new Promise((closed) => server.close(closed));
  expect(await connects(address)).toBe(false);
});
