import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { awsAddress, laptopAddress, routesAnswer } from "../../../operations/post-deploy/routes-answer";
import { httpAnswer, type HttpAnswer } from "../../../operations/post-deploy/http-answer";

const route = { host: "search.platform.test", path: "/ready", tls: true };
const look = (answer: HttpAnswer) => routesAnswer([route], awsAddress, () => Promise.resolve(answer)).look();

describe("routes", () => {
  it.each([200, 204, 301, 302, 401, 403])("pass when somebody answers with %d", async (status) => {
    expect(await look({ status })).toEqual({ check: "routes", passed: true, found: "1 answer" });
  });

  it.each([404, 500, 502, 503])("fail when the answer is %d", async (status) => {
    expect(await look({ status })).toMatchObject({
      passed: false,
      found: `1 of 1 do not answer: https://search.platform.test/ready (${status})`,
    });
  });

  it("fail when nobody answers", async () => {
    expect(await look({ failure: "connect ECONNREFUSED" })).toMatchObject({ found: expect.stringContaining("(connect ECONNREFUSED)") });
  });

  it("pass where there are none", async () => {
    expect(await routesAnswer([], awsAddress).look()).toMatchObject({ passed: true, found: "there are none" });
  });

  it("are asked by name on AWS, and at this machine's ports on the laptop", () => {
    expect(awsAddress(route)).toEqual({ address: "search.platform.test", port: 443, trusted: true });
    const local = laptopAddress({ http: 8080, https: 8443 });
    expect(local(route)).toEqual({ address: "127.0.0.1", port: 8443, trusted: false });
    expect(local({ ...route, tls: false })).toMatchObject({ port: 8080 });
  });

  it("are asked for their host and path, whatever address leads there", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.headers.host}${request.url}`);
      response.writeHead(302, { location: "https://elsewhere.test" }).end();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    try {
      expect(await httpAnswer({ ...route, tls: false, address: "127.0.0.1", port, trusted: true })).toEqual({ status: 302 });
      expect(seen).toEqual(["search.platform.test/ready"]);
    } finally {
      await new Promise((closed) => server.close(closed));
    }
    expect(await httpAnswer({ ...route, tls: false, address: "127.0.0.1", port, trusted: true })).toEqual({
      failure: expect.stringContaining("ECONNREFUSED"),
    });
  });
});
