import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { localPaths } from "../constructs/shared/local-paths";
import type { Environment } from "../environments/environment";
import { readStateFile, type State } from "./state-file";

/** Files by which a bootstrap works: some beside the stack, some in the environment's folder on this machine. */
export class BootstrapFiles {
  /** The state before it is in the bucket. */
  readonly state: string;
  /** The plan that is asked about and applied. It holds secrets. */
  readonly plan: string;
  private readonly folder: string;
  private readonly localState: string;
  private readonly begunFile: string;
  private readonly backend: string;
  private readonly adoption: string;

  /** @param stackFolder folder of the state stack: the paths in the configuration are relative to it */
  constructor(environment: Pick<Environment, "name">, stackFolder: string) {
    const paths = localPaths(environment);
    this.folder = resolve(stackFolder, paths.folder);
    this.localState = paths.state("state");
    this.state = resolve(stackFolder, this.localState);
    this.plan = join(this.folder, "state.tfplan");
    this.begunFile = join(this.folder, "bootstrap-begun");
    this.backend = join(stackFolder, "backend_override.tf.json");
    this.adoption = join(stackFolder, "adoption.tf.json");
  }

  /** The state on this machine, while it is not in the bucket. */
  read(): State | undefined {
    return readStateFile(this.state);
  }

  /** How the state's file is shown. */
  get shown(): string {
    return relative(process.cwd(), this.state);
  }

  /** Makes the folder, readable by its owner only. */
  create(): void {
    mkdirSync(this.folder, { recursive: true });
    chmodSync(this.folder, 0o700);
  }

  /** Lets the engine keep the stack's state in a file: the bucket does not exist yet. */
  useLocalState(): void {
    writeFileSync(this.backend, JSON.stringify({ terraform: { backend: { local: { path: this.localState } } } }));
  }

  /** Whether the engine keeps the state in a file at this moment. */
  get stateIsLocal(): boolean {
    return existsSync(this.backend);
  }

  /** Lets the engine take resources over that exist already, by their addresses. */
  adopt(ids: Readonly<Record<string, string>>): void {
    const blocks = Object.entries(ids).map(([to, id]) => ({ to, id }));
    writeFileSync(this.adoption, JSON.stringify({ import: blocks })); // no override: those may not import
  }

  /** Leaves beside the stack what was synthesized, and nothing else. */
  restoreStack(): void {
    for (const file of [this.backend, this.adoption]) rmSync(file, { force: true });
  }

  removePlan(): void {
    rmSync(this.plan, { force: true });
  }

  /**
   * Whether a run here began to create and was stopped before its state was in the bucket. Then a bucket may exist that
   * the engine had no time to write down.
   */
  get begun(): boolean {
    return existsSync(this.begunFile);
  }

  begin(): void {
    writeFileSync(this.begunFile, `npm run bootstrap began at ${new Date().toISOString()} and removes this file when it is done.\n`);
  }

  /** Keeps the local state as the one backup, once it is in the bucket. */
  finish(): void {
    if (existsSync(this.state)) {
      renameSync(this.state, `${this.state}.migrated`);
      rmSync(`${this.state}.backup`, { force: true }); // the engine's, one write older
    }
    rmSync(this.begunFile, { force: true });
  }
}
