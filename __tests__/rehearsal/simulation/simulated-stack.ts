import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providers } from "../../../constructs/shared/providers";
import { initArguments, requireEngine, runEngine, type EngineResult } from "../../../operations/engine";
import { engineVariables, makeHome } from "../../../rehearsal/loop/engine-variables";
import type { Values } from "../../../rehearsal/protocol/values";
import type { ProviderSchema } from "../../../rehearsal/schemas/provider-schema";
import { Faults } from "../../../rehearsal/simulation/faults";
import { listen, type Listening } from "../../../rehearsal/simulation/listen";
import { SimulatedProvider } from "../../../rehearsal/simulation/simulated-provider";
import { World } from "../../../rehearsal/simulation/world";

/** A resource in a state. */
export interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Values; readonly private?: string }[];
}

/** What the engine keeps. */
export interface State extends Values {
  readonly lineage: string;
  readonly resources: readonly StateResource[];
}

/** A stack that is written by hand, with its state beside it and a simulated AWS, and nothing else, in this process. */
export class SimulatedStack {
  private readonly variables: NodeJS.ProcessEnv;

  private constructor(
    private readonly folder: string,
    readonly world: World,
    private readonly listening: Listening,
  ) {
    const reattach = JSON.stringify({ [providers.aws.source]: listening.attachment });
    this.variables = engineVariables({ work: folder, endpoint: "http://127.0.0.1:9", reattach });
  }

  /** @param work a private folder */
  static async start(work: string, schema: ProviderSchema): Promise<SimulatedStack> {
    mkdirSync(work);
    makeHome(work);
    const world = new World();
    const provider = new SimulatedProvider("hand-written", schema, world, new Faults(undefined, () => undefined));
    return new SimulatedStack(work, world, await listen({ handlers: provider.service }));
  }

  stop(): void {
    this.listening.stop();
  }

  /** Writes the stack and makes the engine ready for it. */
  async write(blocks: Values): Promise<void> {
    const json = { terraform: { required_providers: { aws: { source: providers.aws.source } } }, provider: { aws: {} }, ...blocks };
    writeFileSync(join(this.folder, "main.tf.json"), JSON.stringify(json));
    await requireEngine(initArguments, { folder: this.folder, variables: this.variables });
  }

  /** Applies what was written, which must succeed. Returns what the engine said. */
  async apply(...options: readonly string[]): Promise<string> {
    const args = ["apply", "-auto-approve", "-no-color", ...options];
    return (await requireEngine(args, { folder: this.folder, variables: this.variables })).stdout;
  }

  /** Runs the engine; 2 is the exit code of a plan that would change something. */
  run(...args: readonly string[]): Promise<EngineResult> {
    return runEngine([...args, "-no-color"], { folder: this.folder, variables: this.variables });
  }

  get state(): State {
    return JSON.parse(readFileSync(this.stateFile, "utf8")) as State;
  }

  set state(state: State) {
    writeFileSync(this.stateFile, JSON.stringify(state));
  }

  /** Attributes of the only instance of a resource. */
  attributes(type: string, name: string): Values {
    const instances = this.state.resources.filter((one) => one.type === type && one.name === name).flatMap((one) => one.instances);
    const [first] = instances;
    if (first === undefined || instances.length > 1) throw new Error(`the state has ${instances.length} of ${type}.${name}, must be 1`);
    return first.attributes;
  }

  private get stateFile(): string {
    return join(this.folder, "terraform.tfstate");
  }
}
