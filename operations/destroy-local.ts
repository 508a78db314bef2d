import type { LocalEnvironment } from "../environments/environment";
import type { Consent } from "./consent";
import { DeployEngine } from "./deploy-engine";
import { DeployFiles } from "./deploy-files";
import { countOf } from "./deploy-state";
import { destroyLayer } from "./destroy-layer";
import { EngineError } from "./engine";
import { LocalCluster } from "./local-cluster";
import { filesInsideCluster, filesOfCluster, LocalFolder } from "./local-folder";
import type { EnginePlace } from "./plan";
import type { Progress } from "./progress";
import type { CommandRunner } from "./run-command";
import type { SynthesizedStack } from "./stacks";
import { readStateFile } from "./state-file";

export interface LocalDestroyOptions {
  readonly environment: LocalEnvironment;
  /** Its stacks, in the order of deployment. */
  readonly stacks: readonly SynthesizedStack[];
  readonly run: CommandRunner;
  readonly progress: Progress;
  /** Has somebody type the environment's name. */
  readonly consent: Consent;
  /** Where the engine works. @default the stacks' folders */
  readonly place?: EnginePlace;
}

/** Takes an environment on this laptop down: its layers in reverse, the Kind cluster last. Its files are set aside, not deleted. */
export class LocalDestruction {
  private readonly folder: LocalFolder;
  private readonly files: DeployFiles;

  constructor(private readonly options: LocalDestroyOptions) {
    const { environment, stacks } = options;
    const anyFolder = stacks[0]?.folder ?? "";
    this.folder = new LocalFolder(environment, anyFolder);
    this.files = new DeployFiles(environment, anyFolder, "destroy");
  }

  /** @throws OperationError, EngineError */
  async destroy(): Promise<void> {
    const { environment, stacks, progress, consent } = this.options;
    const { name } = environment;
    this.files.create();
    await new LocalCluster({ ...this.options, folder: this.folder }).reconcile();
    const cluster = this.folder.clusterInState();
    if (cluster === undefined) {
      this.setAside();
      return progress.say(`Nothing of ${name} stands.`);
    }
    await consent(
      `${name} would be destroyed: Kind cluster ${cluster}, with the state store and the Terraform states in it, the images in the registry, ` +
        "and every workload with its data.",
    );
    try {
      for (const stack of [...stacks].reverse()) if (this.hasState(stack)) await this.destroyLayer(stack);
    } catch (error) {
      if (error instanceof EngineError) {
        progress.say(
          `the engine's output is in ${this.files.shownLog}\nTo be rid of the cluster whatever becomes of its layers: ` +
            `kind delete cluster --name ${cluster}, and then this command again`,
        );
      }
      throw error;
    }
    this.setAside();
    progress.say(`${name} is destroyed.`);
  }

  /** The states in the store went with it, when a run was killed after that. */
  private hasState({ state }: SynthesizedStack): boolean {
    return state.in === "file" || (readStateFile(this.folder.stateOf("state"))?.resources ?? []).length > 0;
  }

  private setAside(): void {
    const aside = this.folder.setAside([...filesInsideCluster, ...filesOfCluster, "releases"]);
    if (aside.length > 0) this.options.progress.say(`moved aside ${aside.join(", ")} in ${this.folder.path}`);
  }

  private async destroyLayer(stack: SynthesizedStack): Promise<void> {
    const { progress, stacks, place } = this.options;
    const options = { stack, all: stacks, files: this.files, ...(place ? { place } : {}) };
    const state = await progress.step(
      `${stack.name}: reading its state`,
      () => new DeployEngine(options).state(),
      (read) => countOf(read ?? { resources: 0 }),
    );
    if (state && state.resources > 0) await destroyLayer({ ...options, progress });
  }
}
