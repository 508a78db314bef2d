import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { listed, type CheckResult, type PostDeployCheck } from "./check-result";
import type { Kubectl } from "./kubectl";

/** A deployment whose containers ask, by their readiness probes, what a workload needs. */
interface Asking {
  readonly spec: {
    readonly template: { readonly metadata: { readonly labels: object }; readonly spec: { readonly containers: readonly Container[] } };
  };
}

interface Container {
  readonly name: string;
  readonly readinessProbe?: { readonly exec?: { readonly command?: readonly string[] } };
}

/** How long a job may take, in seconds: an image may have to be pulled, and a server to fail over. */
const jobSeconds = 180;

/** Time between two tries of a container, in seconds. */
const trySeconds = 5;

/**
 * Whether the database, the cache and the bucket are reached from a pod: a job with the containers of a deployment that is there for
 * that, with its account, its labels and thereby its paths. Each asks what its probe asks.
 * @param namespaces where such a deployment is
 * @param name of the deployment
 */
export function dataReachable(kubectl: Kubectl, namespaces: readonly string[], name: string): PostDeployCheck {
  return {
    name: "data",
    waits: true,
    async look() {
      const [namespace] = namespaces;
      if (namespace === undefined) return { check: "data", passed: true, found: `there is no deployment ${name}` };
      const deployment = JSON.parse(
        await kubectl.text(["--namespace", namespace, "get", "deployment", name, "--output", "json"]),
      ) as Asking;
      const job = jobOf(deployment, `${name}-${randomBytes(4).toString("hex")}`);
      try {
        await create(kubectl, namespace, job.manifest);
        return await ended(kubectl, namespace, job);
      } finally {
        await kubectl.ask(["--namespace", namespace, "delete", "job", job.name, "--ignore-not-found", "--wait=false"]);
      }
    },
  };
}

interface Job {
  readonly name: string;
  readonly containers: readonly string[];
  readonly manifest: object;
}

function jobOf({ spec: { template } }: Asking, name: string): Job {
  const containers = template.spec.containers.flatMap(({ readinessProbe, ...container }) => {
    const command = readinessProbe?.exec?.command;
    if (command === undefined) return [];
    const tries = Math.floor((jobSeconds - 60) / trySeconds);
    // "$@" is the probe's command, untouched.
    const script = `for i in $(seq ${tries}); do "$@" >/dev/null 2>&1 && exit 0; sleep ${trySeconds}; done; "$@"`;
    return [{ ...container, command: ["sh", "-c", script, "check", ...command] }];
  });
  const manifest = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: jobSeconds,
      ttlSecondsAfterFinished: 600, // should nobody be left to delete it
      template: { metadata: { labels: template.metadata.labels }, spec: { ...template.spec, restartPolicy: "Never", containers } },
    },
  };
  return { name, containers: containers.map((container) => container.name), manifest };
}

async function create(kubectl: Kubectl, namespace: string, manifest: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-check-"));
  try {
    const file = join(folder, "job.json");
    writeFileSync(file, JSON.stringify(manifest));
    await kubectl.text(["--namespace", namespace, "create", "--filename", file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ended(kubectl: Kubectl, namespace: string, { name, containers }: Job): Promise<CheckResult> {
  const inNamespace = ["--namespace", namespace];
  const wait = [...inNamespace, "wait", `job/${name}`, "--for=condition=complete", `--timeout=${jobSeconds}s`];
  const waited = await kubectl.ask(wait, jobSeconds + 10);
  if (waited.outcome === "ended" && waited.exitCode === 0)
    return { check: "data", passed: true, found: `${containers.join(", ")} reached` };
  const states = 'jsonpath={range .items[*].status.containerStatuses[*]}{.name}{"\\t"}{.state.terminated.exitCode}{"\\n"}{end}';
  const text = await kubectl.text([
    ...inNamespace,
    "get",
    "pods",
    "--selector",
    `batch.kubernetes.io/job-name=${name}`,
    "--output",
    states,
  ]);
  const reached = text.split("\n").flatMap((line) => (line.endsWith("\t0") ? [line.split("\t")[0]] : []));
  const unreached = containers.filter((container) => !reached.includes(container));
  const fix = "see the server of each, the secret with its password, and the network policies of the namespace";
  return { check: "data", passed: false, found: `not reached from a job in ${namespace}: ${listed(unreached)}`, fix };
}
