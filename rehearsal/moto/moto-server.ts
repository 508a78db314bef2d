import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { childVariables, machineVariable } from "../../environments/variables";

/** The account that moto pretends to be. */
export const motoAccount = "123456789012";

/** Any credentials will do. */
export const motoCredentials = { accessKeyId: "test", secretAccessKey: "test" };

/** Longest start, and longest wait for the end, in milliseconds. */
const patience = { start: 60_000, stop: 5_000 };

/** A running moto: the APIs of AWS, in memory, on a free port of this machine. */
export class MotoServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** The program, in the checkout's `.venv` or on the PATH; what to do when there is none is in `requirements.txt`. */
  static find(): string | undefined {
    const folders = [join(__dirname, "../../.venv/bin"), ...(machineVariable("PATH") ?? "").split(delimiter)];
    return folders.map((folder) => join(folder, "moto_server")).find(isExecutable);
  }

  static start(program: string): Promise<MotoServer> {
    const child = spawn(program, ["-H", "127.0.0.1", "-p", "0"], { env: childVariables(), stdio: ["ignore", "ignore", "pipe"] });
    return new Promise((resolve, reject) => {
      let said = "";
      const fail = (reason: string) => {
        child.kill("SIGKILL");
        reject(new Error(`${program} ${reason}\n${said}`));
      };
      const clock = setTimeout(() => fail(`was not up after ${patience.start / 1000} s`), patience.start);
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said = (said + text).slice(-10_000); // it logs every request here; unread, it would block
        const [, url] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? [];
        if (url === undefined) return;
        clearTimeout(clock);
        resolve(new MotoServer(url, child));
      });
      child.on("error", (error) => fail(error.message));
      child.on("close", (code) => {
        clearTimeout(clock);
        fail(`ended with ${code}`);
      });
    });
  }

  /** Variables by which SDKs and engines reach it, and nothing else: no profile, no proxy, no certificates of the developer's. */
  get variables(): Readonly<Record<string, string | undefined>> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: motoCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: motoCredentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
      ...Object.fromEntries(
        ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL_S3", "HTTP_PROXY", "http_proxy"].map((name) => [
          name,
          undefined,
        ]),
      ),
    };
  }

  /** Ends it, and returns when it is gone. */
  stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const clock = setTimeout(() => child.kill("SIGKILL"), patience.stop);
      child.once("close", () => {
        clearTimeout(clock);
        resolve();
      });
      child.kill();
    });
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
