import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { environments } from "../../environments";
import { AccountBuckets } from "../../operations/account-buckets";
import { surroundProcess } from "../surround-process";

describe("AccountBuckets", () => {
  let server: Server;
  let status = 200;
  let restoreProcess: () => void;
  let buckets: AccountBuckets;
  const requests: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url} for ${request.headers["x-amz-expected-bucket-owner"]}`);
      response.writeHead(status, { connection: "close" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    restoreProcess = surroundProcess({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ENDPOINT_URL_S3: undefined,
      AWS_PROFILE: undefined,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    buckets = new AccountBuckets(environments.dev);
  });

  beforeEach(() => requests.splice(0));

  afterAll(async () => {
    buckets.close();
    restoreProcess();
    await new Promise((resolve) => server.close(resolve));
  });

  it("asks for a bucket of the account, by path where the endpoint is an address", async () => {
    status = 200;
    await expect(buckets.exists("states")).resolves.toBe(true);
    await expect(buckets.holds("states", "dev/state.tfstate")).resolves.toBe(true);
    expect(requests).toEqual(["HEAD /states/ for 000000000001", "HEAD /states/dev/state.tfstate for 000000000001"]);
  });

  it("takes 404 for absence", async () => {
    status = 404;
    await expect(buckets.exists("states")).resolves.toBe(false);
    await expect(buckets.holds("states", "dev/state.tfstate")).resolves.toBe(false);
  });

  it.each([
    [403, /s3:\/\/states could not be looked up\. S3 forbids it \(403\).*account 000000000001.*aws sts get-caller-identity/],
    [301, /another region than eu-central-1 \(301\)/],
    [400, /sign in again/],
  ])("fails when S3 answers %i: that is neither presence nor absence", async (answer, words) => {
    status = answer;
    await expect(buckets.exists("states")).rejects.toThrow(words);
  });
});
