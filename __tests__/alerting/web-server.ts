import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Received } from "./received";

/** A call with a JSON body. */
export interface Call<Body = unknown> {
  readonly path: string;
  readonly body: Body;
}

/** Takes every call, on the loopback. */
export class WebServer {
  readonly calls = new Received<Call>();

  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.calls.add({ path: request.url ?? "", body: JSON.parse(Buffer.concat(chunks).toString()) as unknown });
        response.writeHead(request.url === "/pagerduty" ? 202 : 200).end("ok"); // as PagerDuty and Slack answer
      });
    });
  }

  static async start(): Promise<WebServer> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new WebServer(server);
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
