import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { local } from "../../../environments/local";
import { checkDisk, checkDocker, checkHostPorts, checkInotify } from "../../../operations/checks/laptop";
import { answered, missing, refused, runner, timedOut } from "./fake-runner";

const gib = 1024 ** 3;
const info = (fields: object) => runner({ "docker info": answered(JSON.stringify(fields)) });

describe("docker", () => {
  it("tells its version and memory", async () => {
    expect(await checkDocker(info({ ServerVersion: "28.2.2", MemTotal: 8 * gib }))).toEqual([
      { check: "docker", status: "ok", found: "28.2.2" },
      { check: "docker memory", status: "ok", found: "8.0 GiB" },
    ]);
  });

  it("warns of little memory, and forgives what Docker keeps for itself", async () => {
    const memory = async (bytes: number) => (await checkDocker(info({ ServerVersion: "28.2.2", MemTotal: bytes })))[1];

    expect(await memory(5.5 * gib)).toMatchObject({ status: "ok" });
    expect(await memory(5.5 * gib - 1)).toMatchObject({ status: "warn", found: "5.5 GiB" });
    expect(await memory(0)).toMatchObject({ status: "warn", found: "0.0 GiB" });
  });

  it.each([
    [missing, "not found", "install Docker"],
    [timedOut, "no answer within 10 s", "start Docker"],
    [refused("Cannot connect to the Docker daemon"), "Cannot connect to the Docker daemon", "start Docker"],
    [answered('{"ServerVersion":""}'), "no server", "start Docker"],
    [answered("<html>"), "no server", "start Docker"],
    [answered("null"), "no server", "start Docker"],
  ])("fails when there is no server: %j", async (result, found, advice) => {
    const findings = await checkDocker(runner({ "docker info": result }));

    expect(findings).toMatchObject([{ check: "docker", status: "missing", found }]);
    expect(findings[0]?.advice).toContain(advice);
  });
});

describe("inotify", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "evenkeel-inotify-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const limits = (watches: string, instances: string) => {
    writeFileSync(join(folder, "max_user_watches"), watches);
    writeFileSync(join(folder, "max_user_instances"), instances);
    return checkInotify("linux", folder).map(({ status }) => status);
  };

  it("warns below what Kind advises, with the command", () => {
    expect(limits("524288\n", "512\n")).toEqual(["ok", "ok"]);
    expect(limits("524287\n", "511\n")).toEqual(["warn", "warn"]);
    expect(limits("garbage", "")).toEqual(["warn", "warn"]);
    expect(checkInotify("linux", folder)[1]?.advice).toContain("sudo sysctl fs.inotify.max_user_instances=512");
  });

  it("asks nothing where Docker runs in a machine of its own", () => {
    expect(checkInotify("darwin", folder).map(({ status }) => status)).toEqual(["ok", "ok"]);
    expect(checkInotify("linux", join(folder, "nothing")).map(({ status }) => status)).toEqual(["ok", "ok"]);
  });
});

it("warns when the disk is nearly full", () => {
  const free = (bytes: number) => checkDisk(".", () => ({ bavail: bytes / 4096, bsize: 4096 }));

  expect(free(20 * gib)).toMatchObject({ status: "ok", found: "20 GiB free" });
  expect(free(20 * gib - 4096)).toMatchObject({ status: "warn" });
});

describe("host ports", () => {
  let taken: Server;
  beforeEach(async () => {
    taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, "127.0.0.1", listening));
  });
  afterEach(() => new Promise((closed) => taken.close(closed)));

  it("fails when another program has one, and not when our cluster has", async () => {
    const { port } = taken.address() as AddressInfo;
    const environment = { ...local, kind: { ...local.kind, hostPorts: { http: port } as typeof local.kind.hostPorts } };
    const ports = (mapping: string) =>
      checkHostPorts(runner({ "docker ps --filter label=io.x-k8s.kind.cluster=c": answered(mapping) }), environment, "c");

    const [finding] = await ports("");
    expect(finding).toMatchObject({ check: `port ${port} (http)`, status: "missing", found: "taken by another program" });
    expect(finding?.advice).toContain("EVENKEEL_LOCAL_HTTP_PORT");

    const ours = `127.0.0.1:43431->6443/tcp, 127.0.0.1:${port}->30080/tcp`;
    expect(await ports(ours)).toMatchObject([{ status: "ok", found: "held by our cluster" }]);

    await new Promise((closed) => taken.close(closed));
    expect(await ports("")).toMatchObject([{ status: "ok", found: "free" }]);
  });
});
