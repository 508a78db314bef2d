import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { machineVariable } from "../../environments/variables";
import { runScript, type Ended } from "./command";

/** What the fakes know of the machine. */
export interface World {
  clusterId?: string;
  running?: boolean;
  clusters: number;
  bucket: Record<string, unknown>;
  secret: string;
  ports: string;
  dieAt?: string;
  failAt?: string;
}

/** A laptop with a fake engine, a fake docker and a state store, in a folder of its own. */
export class FakeMachine {
  private readonly root = mkdtempSync(join(tmpdir(), "evenkeel-machine-"));
  private readonly bin = join(this.root, "bin");
  readonly outdir = join(this.root, "project", "cdktf.out");
  readonly state = join(this.root, "project", ".state", "local");

  private readonly worldFile = join(this.root, "world.json");
  private readonly saved = join(this.root, "saved");

  private constructor(
    private readonly store: Server,
    private readonly ports: readonly number[],
  ) {
    mkdirSync(this.bin);
    mkdirSync(join(this.root, "project"));
    for (const [name, script] of [
      ["engine", "engine.cjs"],
      ["docker", "docker.cjs"],
      ["kubectl", "kubectl.cjs"],
    ] as const) {
      const file = join(this.bin, name);
      writeFileSync(file, `#!${process.execPath}\nrequire(${JSON.stringify(resolve(__dirname, "fakes", script))});\n`);
      chmodSync(file, 0o755);
    }
    // The port of the store is taken by this test from the beginning.
    this.clear();
  }

  /** Nothing is deployed, and nothing ever was. */
  clear(): void {
    rmSync(this.state, { recursive: true, force: true });
    this.write({ clusters: 0, bucket: {}, secret: "", ports: `127.0.0.1:${this.ports[3]}->30900/tcp` });
    this.calls();
  }

  /** Remembers what is deployed, for {@link restore}. */
  save(): void {
    cpSync(this.state, join(this.saved, "state"), { recursive: true });
    cpSync(this.worldFile, join(this.saved, "world.json"));
  }

  restore(): void {
    this.clear();
    cpSync(join(this.saved, "state"), this.state, { recursive: true });
    cpSync(join(this.saved, "world.json"), this.worldFile);
  }

  /** @param honest whether the state store keeps a second conditional put out */
  static async create(honest = true): Promise<FakeMachine> {
    const store = stateStore(honest);
    await new Promise<void>((listening) => store.listen(0, "127.0.0.1", listening));
    const free = await Promise.all([freePort(), freePort(), freePort()]);
    return new FakeMachine(store, [...free, (store.address() as AddressInfo).port]);
  }

  run(script: string, args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const [http, https, registry, objectStore] = this.ports.map(String);
    return runScript(script, args, {
      PATH: `${this.bin}:${machineVariable("PATH")}`,
      TERRAFORM_BINARY_NAME: "engine",
      CDKTF_OUTDIR: this.outdir,
      FAKE_WORLD: this.root,
      EVENKEEL_LOCAL_HTTP_PORT: `${http}`,
      EVENKEEL_LOCAL_HTTPS_PORT: `${https}`,
      EVENKEEL_LOCAL_REGISTRY_PORT: `${registry}`,
      EVENKEEL_LOCAL_OBJECT_STORE_PORT: `${objectStore}`,
      ...more,
    });
  }

  /** A file of values that gives the Kind nodes another image, which replaces the cluster. */
  otherNodeImage(): Readonly<Record<string, string>> {
    const file = join(this.root, "values.json");
    writeFileSync(file, JSON.stringify({ local: { kind: { nodeImage: `docker.io/kindest/node:v1.35.1@sha256:${"0".repeat(64)}` } } }));
    return { EVENKEEL_VALUES: file };
  }

  get world(): World {
    return JSON.parse(readFileSync(this.worldFile, "utf8")) as World;
  }

  change(changes: Partial<World>): void {
    this.write({ ...this.world, ...changes });
  }

  /** What `kind delete cluster` leaves. */
  deleteCluster(): void {
    const world = this.world;
    delete world.clusterId;
    this.write({ ...world, bucket: {} });
  }

  /** Commands that ran since the last call. */
  calls(): readonly string[] {
    const log = join(this.root, "calls.log");
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, "utf8").trim().split("\n");
    rmSync(log);
    return lines;
  }

  files(): readonly string[] {
    return readdirSync(this.state);
  }

  async remove(): Promise<void> {
    await new Promise((closed) => this.store.close(closed));
    rmSync(this.root, { recursive: true, force: true });
  }

  private write(world: World): void {
    writeFileSync(this.worldFile, JSON.stringify(world));
  }
}

/** As much of S3 as conditional puts need. */
function stateStore(honest: boolean): Server {
  const objects = new Set<string>();
  return createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const key = (request.url ?? "").split("?")[0] ?? "";
      if (request.method === "DELETE") {
        objects.delete(key);
        response.writeHead(204).end();
      } else if (request.method === "PUT" && honest && request.headers["if-none-match"] === "*" && objects.has(key)) {
        response.writeHead(412, { "content-type": "application/xml" });
        response.end("<Error><Code>PreconditionFailed</Code><Message>it exists</Message></Error>");
      } else {
        if (request.method === "PUT") objects.add(key);
        response.writeHead(200, { etag: '"0"' }).end();
      }
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
