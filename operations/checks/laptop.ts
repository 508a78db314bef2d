import { existsSync, readFileSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import type { LocalEnvironment } from "../../environments/environment";
import type { CommandRunner } from "../run-command";
import { answerOf, failureOf, variableFor, type Finding } from "./check";

const gib = 1024 ** 3;

/** Memory for Docker, in GiB: five Kind nodes of about 0.7 GiB with what the platform runs in them. */
const advisedMemoryGib = 6;

/** Free disk, in GiB: node image, images of the platform, and volumes that fill slowly. */
const advisedDiskGib = 20;

/** Advised by Kind for clusters of several nodes: https://kind.sigs.k8s.io/docs/user/known-issues, "too many open files". */
const advisedInotify = { max_user_watches: 524288, max_user_instances: 512 } as const;

/** Docker's server, and the memory that it may use. */
export async function checkDocker(run: CommandRunner): Promise<readonly Finding[]> {
  const result = await run("docker", ["info", "--format", "{{json .}}"]);
  const info = parseInfo(answerOf(result));
  if (info === undefined) {
    const found = result.outcome === "ended" && result.exitCode === 0 ? "no server" : failureOf(result);
    const advice =
      result.outcome === "missing"
        ? "install Docker: https://docs.docker.com/get-started/get-docker"
        : "start Docker, and see that you may use it: `docker info` has to work without sudo";
    return [{ check: "docker", status: "missing", found, advice }];
  }
  const memory = `${(info.memory / gib).toFixed(1)} GiB`;
  return [
    { check: "docker", status: "ok", found: info.version },
    // Docker tells somewhat less than the machine has.
    info.memory >= (advisedMemoryGib - 0.5) * gib
      ? { check: "docker memory", status: "ok", found: memory }
      : {
          check: "docker memory",
          status: "warn",
          found: memory,
          advice: `give Docker ${advisedMemoryGib} GiB (Docker Desktop: Settings, Resources), or take node groups out of environments/local.ts`,
        },
  ];
}

function parseInfo(answer: string | undefined): { readonly version: string; readonly memory: number } | undefined {
  try {
    const info = JSON.parse(answer ?? "") as { readonly ServerVersion?: unknown; readonly MemTotal?: unknown };
    if (typeof info.ServerVersion !== "string" || info.ServerVersion === "") return undefined;
    return { version: info.ServerVersion, memory: typeof info.MemTotal === "number" ? info.MemTotal : 0 };
  } catch {
    return undefined;
  }
}

/** Limits of the kernel that pods of all nodes share. Elsewhere than on Linux they are those of Docker's machine. */
export function checkInotify(platform: NodeJS.Platform, folder = "/proc/sys/fs/inotify"): readonly Finding[] {
  return Object.entries(advisedInotify).map(([name, advised]): Finding => {
    const check = `fs.inotify.${name}`;
    const file = `${folder}/${name}`;
    if (platform !== "linux" || !existsSync(file)) return { check, status: "ok", found: "decided by Docker's own machine" };
    const value = Number(readFileSync(file, "utf8").trim());
    if (value >= advised) return { check, status: "ok", found: String(value) };
    const advice = `sudo sysctl ${check}=${advised}, and the same line in /etc/sysctl.d/99-kind.conf; pods fail with "too many open files" otherwise`;
    return { check, status: "warn", found: String(value), advice };
  });
}

interface DiskBlocks {
  readonly bavail: number;
  readonly bsize: number;
}

/** Room on the disk of a folder. */
export function checkDisk(folder: string, statfs: (folder: string) => DiskBlocks = statfsSync): Finding {
  const { bavail, bsize } = statfs(folder);
  const free = (bavail * bsize) / gib;
  const found = `${free.toFixed(0)} GiB free`;
  return free >= advisedDiskGib
    ? { check: "disk", status: "ok", found }
    : {
        check: "disk",
        status: "warn",
        found,
        advice: `make room: ${advisedDiskGib} GiB are advised, \`docker system df\` shows what Docker holds`,
      };
}

/** Ports of the laptop that lead into the cluster: free, or ours already. */
export async function checkHostPorts(run: CommandRunner, environment: LocalEnvironment, cluster: string): Promise<readonly Finding[]> {
  const ours = answerOf(await run("docker", ["ps", "--filter", `label=io.x-k8s.kind.cluster=${cluster}`, "--format", "{{.Ports}}"])) ?? "";
  const ports = Object.entries(environment.kind.hostPorts);
  return Promise.all(
    ports.map(async ([name, port]): Promise<Finding> => {
      const check = `port ${port} (${name})`;
      if (ours.includes(`127.0.0.1:${port}->`)) return { check, status: "ok", found: "held by our cluster" };
      const taken = await listenError(port);
      if (taken === undefined) return { check, status: "ok", found: "free" };
      const advice = `stop what listens there (\`lsof -i :${port}\`), or give another port by ${variableFor(environment.name, ["kind", "hostPorts", name])}`;
      return { check, status: "missing", found: taken === "EADDRINUSE" ? "taken by another program" : taken, advice };
    }),
  );
}

function listenError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
}
