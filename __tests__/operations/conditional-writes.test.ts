import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { s3Client } from "../../operations/s3-client";
import { assertConditionalWrites } from "../../operations/conditional-writes";
import { motoCredentials as credentials, MotoServer } from "../../rehearsal/moto/moto-server";
import { describeWithMoto } from "../rehearsal/moto/describe-with-moto";

jest.setTimeout(60_000); // moto starts slowly on a busy machine

const bucket = "state";

describe("assertConditionalWrites", () => {
  describe("with a server of our own", () => {
    let server: Server | undefined;
    const requests: string[] = [];
    const answer = (statuses: readonly number[]) => serve(requests, statuses).then((started) => (server = started));

    beforeEach(() => requests.splice(0));
    afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

    it.each([412, 409])("takes %i for a refusal, and removes its object", async (refusal) => {
      const endpoint = await answer([200, refusal, 204]).then(urlOf);
      await assertConditionalWrites({ endpoint, bucket, credentials });
      expect(requests).toHaveLength(3);
      const [first, second, third] = requests;
      expect(first).toMatch(/^PUT \/state\/evenkeel-check-[0-9a-f-]{36}\.tflock\S* if-none-match: \*$/);
      expect(second).toBe(first);
      expect(third).toMatch(/^DELETE \/state\/evenkeel-check-[0-9a-f-]{36}\.tflock/);
    });

    it("fails when the second write is let through, and removes its object all the same", async () => {
      const endpoint = await answer([200, 200, 204]).then(urlOf);
      await expect(assertConditionalWrites({ endpoint, bucket, credentials })).rejects.toThrow(
        /overwrites an object.*two people write the same state at once.*stateStore\.image/,
      );
      expect(requests.at(-1)).toMatch(/^DELETE /);
    });

    it("fails when the server forbids the first write: that proves nothing", async () => {
      const endpoint = await answer([403]).then(urlOf);
      await expect(assertConditionalWrites({ endpoint, bucket, credentials })).rejects.toThrow(`${endpoint} could not be asked`);
      expect(requests).toHaveLength(1);
    });

    it("fails when the second write ends in an error of the server: that is no refusal", async () => {
      const endpoint = await answer([200, 500, 204]).then(urlOf);
      await expect(assertConditionalWrites({ endpoint, bucket, credentials })).rejects.toThrow("could not be asked");
    });
  });
  describeWithMoto("a real S3 API", (program) => {
    it("finds that it keeps two writers apart, and leaves nothing behind", async () => {
      const moto = await MotoServer.start(program);
      const client = s3Client({ endpoint: moto.url, credentials, region: "us-east-1", forcePathStyle: true });
      try {
        await client.send(new CreateBucketCommand({ Bucket: bucket }));
        await assertConditionalWrites({ endpoint: moto.url, bucket, credentials });
        const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
        expect(KeyCount).toBe(0);
        await expect(assertConditionalWrites({ endpoint: moto.url, bucket: "other", credentials })).rejects.toThrow("NoSuchBucket");
      } finally {
        client.destroy();
        await moto.stop();
      }
    });
  });
});

/** A server that gives prepared answers and notes what it was asked. */
function serve(requests: string[], statuses: readonly number[]): Promise<Server> {
  const server = createServer((request, response) => {
    const condition = request.headers["if-none-match"];
    requests.push(`${request.method} ${request.url}${condition === undefined ? "" : ` if-none-match: ${condition}`}`);
    request.resume().on("end", () => response.writeHead(statuses[requests.length - 1] ?? 500, { connection: "close" }).end());
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
