import { OperationError } from "./operation-error";
import type { CommandOptions, CommandRunner } from "./run-command";

/** A node of a Kind cluster: a container. */
export interface KindContainer {
  /** Full id. */
  readonly id: string;
  /** `<cluster>-control-plane`, `<cluster>-worker`, `<cluster>-worker2`, ... */
  readonly name: string;
  readonly running: boolean;
}

/** The nodes of a Kind cluster, the stopped ones included. Kind finds them by the same label. */
export async function kindContainers(run: CommandRunner, cluster: string): Promise<readonly KindContainer[]> {
  const format = "{{.ID}}\t{{.Names}}\t{{.State}}";
  const filter = `label=io.x-k8s.kind.cluster=${cluster}`;
  const output = await docker(run, ["ps", "--all", "--no-trunc", "--filter", filter, "--format", format]);
  return output.split("\n").flatMap((line) => {
    const [id, name, state] = line.trim().split("\t");
    return id && name ? [{ id, name, running: state === "running" }] : [];
  });
}

/** What tells one cluster from another of the same name: the container of its control plane. */
export function clusterId(containers: readonly KindContainer[]): string | undefined {
  return containers.find(({ name }) => name.endsWith("-control-plane"))?.id;
}

/** Starts nodes that are stopped, as after a restart of Docker, and waits for the API server. */
export async function startContainers(run: CommandRunner, containers: readonly KindContainer[], pauseSeconds = 2): Promise<void> {
  const names = containers.filter(({ running }) => !running).map(({ name }) => name);
  await docker(run, ["start", ...names], { seconds: 60 });
  const controlPlane = containers.find(({ name }) => name.endsWith("-control-plane"));
  if (controlPlane === undefined) return;
  const ask = ["exec", controlPlane.name, "kubectl", "--kubeconfig=/etc/kubernetes/admin.conf", "get", "--raw=/readyz"];
  for (let attempt = 1; attempt <= readyAttempts; attempt++) {
    const result = await run("docker", ask, { seconds: 10 });
    if (result.outcome === "ended" && result.exitCode === 0) return;
    await new Promise((resolve) => setTimeout(resolve, pauseSeconds * 1000));
  }
  throw new OperationError(
    `${controlPlane.name} runs, but its API server does not answer. Look at \`docker logs ${controlPlane.name}\`, or begin anew with ` +
      `\`docker rm -f -v ${containers.map(({ name }) => name).join(" ")}\` and \`npm run up\`.`,
  );
}

/** Two minutes and more: a control plane needs about 30 s. */
const readyAttempts = 60;

/** Removes nodes and their volumes, as `kind delete cluster` does. */
export async function removeContainers(run: CommandRunner, containers: readonly KindContainer[]): Promise<void> {
  await docker(run, ["rm", "--force", "--volumes", ...containers.map(({ name }) => name)], { seconds: 120 });
}

async function docker(run: CommandRunner, args: readonly string[], options?: CommandOptions): Promise<string> {
  const result = await run("docker", args, options);
  if (result.outcome === "ended" && result.exitCode === 0) return result.stdout;
  const why =
    result.outcome === "ended"
      ? result.stderr.trim()
      : result.outcome === "missing"
        ? "not installed"
        : `no answer within ${result.seconds} s`;
  throw new OperationError(`docker ${args[0]} failed: ${why}. \`npm run doctor -- local\` says what is missing.`);
}
