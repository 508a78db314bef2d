import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { childVariables } from "../../environments/variables";

/** The account that moto pretends to be. */
export const motoAccount = "123456789012";

/** Any credentials will do. */
export const motoCredentials = { accessKeyId: "test", secretAccessKey: "test" };

/** Longest start, and longest wait for the end, in milliseconds. */
const patience = { start: 60_000, stop: 5_000 };

/** A running moto: the APIs of AWS, in memory, on a free port of this machine. It ends with the process that started it. */
export class MotoServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    /** When it is gone: the peak of its memory, in MB. */
    private readonly ended: Promise<number | undefined>,
  ) {}

  /**
   * @param python one that has moto
   * @param variables moto's own settings. @default none
   */
  static start(python: string, variables: Readonly<Record<string, string>> = {}): Promise<MotoServer> {
    // Standard input is never written: it tells the server that this process is alive.
    const child = spawn(python, ["-I", join(__dirname, "server.py")], { env: childVariables(variables), stdio: "pipe" });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] = (output[name] + text).slice(-10_000);
      });
    }
    const ended = new Promise<number | undefined>((resolve) => {
      child.on("close", () => {
        const [, bytes] = /Peak memory (\d+) bytes/.exec(output.stdout) ?? [];
        resolve(bytes === undefined ? undefined : Number(bytes) / 1_000_000);
      });
    });
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        child.kill("SIGKILL");
        reject(new Error(`${python} ${reason}. If it does not find moto, delete its folder and install it anew.\n${output.stderr}`));
      };
      const clock = setTimeout(() => fail(`was not up after ${patience.start / 1000} s`), patience.start);
      child.stdout.on("data", () => {
        const [, url] = /Running on (\S+)\n/.exec(output.stdout) ?? [];
        if (url === undefined) return;
        clearTimeout(clock);
        resolve(new MotoServer(url, child, ended));
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

  /** Ends it, and returns when it is gone: the peak of its memory in MB (1,000,000 bytes), if it could tell. */
  stop(): Promise<number | undefined> {
    if (!this.child.killed && this.child.kill()) {
      const clock = setTimeout(() => this.child.kill("SIGKILL"), patience.stop);
      void this.ended.then(() => clearTimeout(clock));
    }
    return this.ended;
  }
}
