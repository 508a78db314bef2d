import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { Received } from "./received";

/** A mail as it was handed over. */
export interface Mail {
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and bodies, without the encoding of lines. */
  readonly text: string;
}

/** Takes mail by SMTP (RFC 5321) from users that say who they are (AUTH PLAIN, RFC 4616), without TLS, on the loopback. */
export class MailServer {
  readonly mails = new Received<Mail>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      new Conversation(socket, (mail) => this.mails.add(mail));
    });
  }

  static async start(): Promise<MailServer> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new MailServer(server);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** One client, from its greeting to its goodbye. */
class Conversation {
  private received = "";
  private data: string | undefined;
  private mail = { user: "", password: "", from: "", to: [] as string[] };

  constructor(
    private readonly socket: Socket,
    private readonly done: (mail: Mail) => void,
  ) {
    socket.setEncoding("utf8").on("error", () => socket.destroy());
    socket.on("data", (chunk: string) => {
      const lines = `${this.received}${chunk}`.split("\r\n");
      this.received = lines.pop() ?? "";
      for (const line of lines) this.read(line);
    });
    this.say("220 stand-in");
  }

  private read(line: string): void {
    if (this.data === undefined) return this.command(line);
    if (line !== ".") {
      this.data += `${line}\r\n`;
      return;
    }
    this.done({ ...this.mail, text: withoutEncoding(this.data) });
    this.data = undefined;
    this.say("250 taken");
  }

  private command(line: string): void {
    const [verb = "", ...rest] = line.split(" ");
    const address = /<(.*)>/.exec(line)?.[1] ?? "";
    switch (verb.toUpperCase()) {
      case "EHLO":
        return this.say("250-stand-in\r\n250 AUTH PLAIN");
      case "AUTH": {
        const [, user = "", password = ""] = Buffer.from(rest[1] ?? "", "base64")
          .toString()
          .split("\0");
        this.mail = { ...this.mail, user, password };
        return this.say("235 welcome");
      }
      case "MAIL":
        this.mail = { ...this.mail, from: address, to: [] };
        return this.say("250 ok");
      case "RCPT":
        this.mail.to.push(address);
        return this.say("250 ok");
      case "DATA":
        this.data = "";
        return this.say("354 go on");
      case "QUIT":
        this.say("221 bye");
        return void this.socket.end();
      default:
        return this.say("502 what?");
    }
  }

  private say(line: string): void {
    this.socket.write(`${line}\r\n`);
  }
}

/** Text that was quoted-printable (RFC 2045, section 6.7). */
function withoutEncoding(text: string): string {
  return text.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
