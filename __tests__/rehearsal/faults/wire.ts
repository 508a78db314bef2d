import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A connection to a server of this machine that can be cut, and mended. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private readonly turnedAway: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on("connection", (client) => this.carry(client));
  }

  /** @param url of the server, e.g. `http://127.0.0.1:5000` */
  static async to(url: string): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new Wire(server, new URL(url));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on nothing comes through; what is under way is lost. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Waits until somebody has tried it in vain. */
  tried(): Promise<void> {
    return new Promise((resolve) => this.turnedAway.push(resolve));
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.server.close(closed));
  }

  private carry(client: Socket): void {
    if (this.isCut) {
      client.destroy();
      for (const resolve of this.turnedAway.splice(0)) resolve();
      return;
    }
    const server = connect(Number(this.target.port), this.target.hostname);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on("error", () => undefined); // its end tells the other one
      socket.on("close", () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
  }
}
