import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engineBinary } from "../../../environments/variables";
import { initArguments, runEngine, type EngineResult } from "../../../operations/engine";
import type { Override } from "../../../rehearsal/loop/override";
import { overrideFile } from "../../../rehearsal/loop/stack-copy";
import type { StackRehearsal } from "../../../rehearsal/loop/stack-rehearsal";
import { storedResources, type KeyedResource } from "../../../rehearsal/loop/stored-resources";
import type { SimulatedProviders } from "../../../rehearsal/simulation/simulated-providers";
import type { StateObject } from "./state-object";

/** Applies without asking, as a deployment in CI does. */
export const apply = ["apply", "-input=false", "-no-color", "-auto-approve"] as const;

/** Plans without asking. */
export const plan = ["plan", "-input=false", "-no-color"] as const;

/** A stack with which something goes wrong, and what an operator can do about it. */
export class FaultyStack {
  constructor(
    readonly rehearsal: StackRehearsal,
    readonly state: StateObject,
    private readonly providers: SimulatedProviders,
  ) {}

  get folder(): string {
    return this.rehearsal.copy.folder;
  }

  /** Runs the engine to its end. */
  engine(...args: readonly string[]): Promise<EngineResult> {
    return runEngine(args, { folder: this.folder, variables: this.rehearsal.variables });
  }

  /** Has the engine try a request to its backend once, instead of five times with 15 s in all between them. */
  async tryOnce(): Promise<void> {
    const file = join(this.folder, overrideFile);
    const override = JSON.parse(readFileSync(file, "utf8")) as Override;
    const s3 = { ...override.terraform?.backend.s3, max_retries: 1 };
    writeFileSync(file, JSON.stringify({ ...override, terraform: { backend: { s3 } } }));
    expect(await this.engine(...initArguments)).toMatchObject({ exitCode: 0 });
  }

  /** Starts the engine, for tests that do not let it come to its end. */
  start(...args: readonly string[]): ChildProcess {
    return spawn(engineBinary(), [...args], { cwd: this.folder, env: this.rehearsal.variables, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** Types of what exists in the simulated cloud, sorted. */
  async existing(): Promise<readonly string[]> {
    return [...(await this.providers.ask("remaining", this.rehearsal.name))].sort();
  }

  /** What the state has. */
  async stored(): Promise<readonly KeyedResource[]> {
    const { exitCode, stdout, stderr } = await this.engine("state", "pull");
    if (exitCode !== 0) throw new Error(stderr);
    return storedResources(stdout);
  }

  /** Fails unless nothing is to do, the state has all, and nothing exists that it does not have. */
  async expectWhole(): Promise<void> {
    await this.rehearsal.planAgain("after the recovery");
    const stored = (await this.stored()).map(({ type }) => type).sort();
    expect(stored).toHaveLength(this.rehearsal.copy.stack.resources);
    expect(await this.existing()).toEqual(stored);
  }
}
