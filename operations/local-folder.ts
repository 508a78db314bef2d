import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { localPaths } from "../constructs/shared/local-paths";
import type { LocalEnvironment } from "../environments/environment";
import { readStateFile } from "./state-file";

/** Files that `up` keeps about an environment on this laptop. */
export class LocalFolder {
  readonly path: string;
  readonly credentials: string;
  readonly kubeconfig: string;

  /** @param stackFolder folder of any stack: the paths in the configuration are relative to it */
  constructor(environment: LocalEnvironment, stackFolder: string) {
    const paths = localPaths(environment);
    this.path = resolve(stackFolder, paths.folder);
    this.credentials = resolve(stackFolder, paths.credentials);
    this.kubeconfig = resolve(stackFolder, paths.kubeconfig);
  }

  /** Makes the folder, which holds secrets, readable by its owner only. */
  create(): void {
    mkdirSync(this.logs, { recursive: true });
    chmodSync(this.path, 0o700);
  }

  /** Folder of the engine's output. */
  get logs(): string {
    return join(this.path, "logs");
  }

  stateOf(layer: string): string {
    return join(this.path, `${layer}.tfstate`);
  }

  planOf(layer: string): string {
    return join(this.path, `${layer}.tfplan`);
  }

  /** Name of the Kind cluster that the state of the cluster layer lists; undefined when it lists none. */
  clusterInState(): string | undefined {
    const resources = readStateFile(this.stateOf("cluster"))?.resources ?? [];
    const name = resources.find(({ type }) => type === "kind_cluster")?.instances[0]?.attributes?.name;
    return typeof name === "string" ? name : undefined;
  }

  /** Moves files aside, with the time in their names. Nothing is deleted: somebody may want to look. */
  setAside(names: readonly string[]): readonly string[] {
    const time = new Date().toISOString().replaceAll(":", "-");
    return names
      .filter((name) => existsSync(join(this.path, name)))
      .map((name) => {
        const aside = `${name}.${time}`;
        renameSync(join(this.path, name), join(this.path, aside));
        return aside;
      });
  }

  /** The Kind cluster that the state of later layers belongs to, by the id of its control plane's container. */
  get ownerOfStates(): string | undefined {
    return existsSync(this.ownerFile) ? readFileSync(this.ownerFile, "utf8").trim() || undefined : undefined;
  }

  set ownerOfStates(id: string) {
    writeWhole(this.ownerFile, `${id}\n`);
  }

  private get ownerFile(): string {
    return join(this.path, "cluster-id");
  }
}

/** What a cluster takes with it when it goes: all of it describes things inside of the cluster. */
export const filesInsideCluster = ["state.tfstate", "state.tfstate.backup", "credentials"];

/** What describes the cluster itself. */
export const filesOfCluster = ["cluster.tfstate", "cluster.tfstate.backup", "kubeconfig", "cluster-id"];

/** Writes a file for its owner only, wholly or not at all. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  chmodSync(unfinished, 0o600); // the mode above counts for new files only
  renameSync(unfinished, path);
}
