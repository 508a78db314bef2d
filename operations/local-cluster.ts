import { localNames } from "../constructs/shared/naming";
import type { LocalEnvironment } from "../environments/environment";
import type { Consent } from "./consent";
import { clusterId, kindContainers, removeContainers, startContainers, type KindContainer } from "./kind-containers";
import { filesInsideCluster, filesOfCluster, type LocalFolder } from "./local-folder";
import { OperationError } from "./operation-error";
import { createsCluster, lostClusters, type PlanJson } from "./plan-changes";
import type { Progress } from "./progress";
import type { CommandRunner } from "./run-command";

export interface LocalClusterOptions {
  readonly environment: LocalEnvironment;
  readonly folder: LocalFolder;
  readonly run: CommandRunner;
  readonly progress: Progress;
  readonly consent: Consent;
}

/** What is in a Kind cluster, and nowhere else. */
const lost = "With it go the state store and the Terraform states in it, the images in the registry, and every workload with its data.";

/** Keeps the files of an environment and its Kind cluster together: they live and die as one. */
export class LocalCluster {
  private readonly name: string;

  constructor(private readonly options: LocalClusterOptions) {
    this.name = localNames(options.environment).cluster;
  }

  /** Puts files and cluster in step before anything is planned. */
  async reconcile(): Promise<void> {
    const { folder, run, progress } = this.options;
    const recorded = folder.clusterInState();
    if (recorded === undefined) return;
    const containers = await kindContainers(run, recorded);
    if (containers.length === 0) return this.forget(recorded);
    // A cluster that another command made: the states that lie there are its own.
    folder.ownerOfStates ??= idOf(recorded, containers);
    if (containers.some(({ running }) => !running)) {
      await progress.step(`Kind cluster ${recorded} is stopped: starting it`, () => startContainers(run, containers));
    }
  }

  /** Asks when the plan of the cluster layer takes a cluster down, or when a cluster that nobody planned is in its way. */
  async beforeApply(plan: PlanJson): Promise<void> {
    const { run, consent, progress } = this.options;
    for (const { cluster, fate, reasons } of lostClusters(plan)) {
      await consent([`Kind cluster ${cluster} would be ${fate}:`, ...reasons.map((reason) => `  ${reason}`), lost].join("\n"));
    }
    const strangers = createsCluster(plan) ? await kindContainers(run, this.name) : [];
    if (strangers.length === 0) return;
    await consent(
      `Kind cluster ${this.name} exists, but no state lists it: it was left by a run that was killed, or made elsewhere.\n` +
        `It would be removed (${strangers.map(({ name }) => name).join(", ")}) and made anew. ${lost}`,
    );
    await progress.step(`removing Kind cluster ${this.name}`, () => removeContainers(run, strangers));
  }

  /** Lets the next layers start from nothing when the cluster is another one than theirs. May be repeated. */
  async afterApply(): Promise<void> {
    const { folder, run, progress } = this.options;
    const id = idOf(this.name, await kindContainers(run, this.name));
    if (folder.ownerOfStates !== id) {
      const aside = folder.setAside(filesInsideCluster);
      if (aside.length > 0) progress.say(`the cluster is new: moved aside ${aside.join(", ")} in ${folder.path}`);
    }
    folder.ownerOfStates = id;
  }

  private async forget(cluster: string): Promise<void> {
    const { folder, consent, progress } = this.options;
    await consent(
      `Kind cluster ${cluster} is gone (\`kind delete cluster\`, or a reset of Docker), but ${folder.stateOf("cluster")} lists it.\n` +
        `${lost.replace("With it go", "With it went")}\nA new one would be made; the files about the old one are moved aside.`,
    );
    const aside = folder.setAside([...filesInsideCluster, ...filesOfCluster]);
    progress.say(`moved aside ${aside.join(", ")} in ${folder.path}`);
  }
}

function idOf(cluster: string, containers: readonly KindContainer[]): string {
  const id = clusterId(containers);
  if (id !== undefined) return id;
  throw new OperationError(`docker knows no control plane of Kind cluster ${cluster}. Does \`docker context show\` name the right server?`);
}
