import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stateProfile } from "../constructs/local-catalog";
import { localNames } from "../constructs/shared/naming";
import { stateEndpoint } from "../constructs/state/minio-state-store";
import type { LocalEnvironment } from "../environments/environment";
import { engineBinary } from "../environments/variables";
import { guarded } from "./checks/check";
import { checkEngine } from "./checks/tools";
import { connects } from "./connects";
import type { Consent } from "./consent";
import { assertConditionalWrites } from "./conditional-writes";
import { adviceLines, doctorExitCode, examineCluster } from "./doctor";
import { applyArguments, EngineError, initArguments, planArguments, requireEngine } from "./engine";
import { LocalCluster } from "./local-cluster";
import { LocalFolder, writeWhole } from "./local-folder";
import { OperationError } from "./operation-error";
import { countChanges, describeCounts, isEmpty, parsePlan, type ChangeCounts, type PlanJson } from "./plan-changes";
import type { Progress } from "./progress";
import type { CommandRunner } from "./run-command";
import type { SynthesizedStack } from "./stacks";
import { credentialsFile, credentialsFrom } from "./state-credentials";

export interface UpOptions {
  readonly environment: LocalEnvironment;
  /** Its stacks, in the order of deployment. */
  readonly stacks: readonly SynthesizedStack[];
  readonly run: CommandRunner;
  readonly progress: Progress;
  readonly consent: Consent;
  /** Looks at the plan of a layer before it is applied. @throws OperationError when it may not be. @default everything may */
  readonly judge?: (stack: SynthesizedStack, plan: PlanJson) => void;
  /** Is told of every layer that stands, with the plan that made it so. @default nobody */
  readonly deployed?: (stack: SynthesizedStack, plan: PlanJson) => Promise<void>;
}

/** Brings an environment up on this laptop, layer by layer. Killed at any point, the next run goes on from there. */
export class LocalDeployment {
  private readonly folder: LocalFolder;
  private readonly cluster: LocalCluster;
  private readonly log: string;

  constructor(private readonly options: UpOptions) {
    const { environment, stacks } = options;
    this.folder = new LocalFolder(environment, stacks[0]?.folder ?? "");
    this.cluster = new LocalCluster({ ...options, folder: this.folder });
    this.log = join(this.folder.logs, `up-${new Date().toISOString().replaceAll(":", "-")}.log`);
  }

  /** @throws OperationError, EngineError when a layer does not come up */
  async up(): Promise<void> {
    const { stacks, progress } = this.options;
    await this.preflight();
    this.folder.create();
    await this.cluster.reconcile();
    let unchanged = true;
    try {
      for (const stack of stacks) {
        const counts = await this.deploy(stack);
        unchanged &&= isEmpty(counts);
      }
    } catch (error) {
      if (error instanceof EngineError) progress.say(`the engine's output is in ${relative(process.cwd(), this.log)}`);
      throw error;
    }
    progress.say(unchanged ? "\nNothing had to change." : "\nEverything is up.");
    for (const line of this.addresses()) progress.say(line);
  }

  private async preflight(): Promise<void> {
    const { environment, run, progress } = this.options;
    const findings = await progress.step("looking at this machine", async () => [
      await guarded("engine", () => checkEngine(run, engineBinary())),
      ...(await examineCluster(environment, run)),
    ]);
    const advice = adviceLines(findings);
    if (doctorExitCode(findings) !== 0) throw new OperationError(["This machine is not ready:", ...advice].join("\n  "));
    for (const line of advice) progress.say(line);
  }

  private async deploy(stack: SynthesizedStack): Promise<ChangeCounts> {
    const { layer } = stack;
    const { progress, judge, deployed } = this.options;
    const file = this.folder.planOf(layer);
    try {
      const plan = await progress.step(
        `${stack.name}: planning`,
        async () => {
          await this.engine(stack, initArguments);
          await this.engine(stack, planArguments(file));
          return parsePlan((await requireEngine(["show", "-json", file], { folder: stack.folder })).stdout);
        },
        (made) => describeCounts(countChanges(made)),
      );
      const counts = countChanges(plan);
      judge?.(stack, plan);
      if (layer === "cluster") await this.cluster.beforeApply(plan);
      if (!isEmpty(counts)) {
        await progress.step(`${stack.name}: applying`, () => this.engine(stack, applyArguments(file)));
      }
      if (layer === "cluster") await this.cluster.afterApply();
      if (layer === "state") await this.openStateStore(stack);
      await deployed?.(stack, plan);
      return counts;
    } finally {
      rmSync(file, { force: true }); // it holds secrets
    }
  }

  /** Gives the next layers what their backend needs, and refuses a server that would let two writers in at once. */
  private async openStateStore(stack: SynthesizedStack): Promise<void> {
    const { environment, progress } = this.options;
    const endpoint = stateEndpoint(environment);
    await progress.step(`state store ${endpoint}: checking`, async () => {
      const { stdout } = await requireEngine(["output", "-json"], { folder: stack.folder });
      const credentials = credentialsFrom(stdout);
      const text = credentialsFile(stateProfile, credentials);
      const { credentials: path } = this.folder;
      if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeWhole(path, text);
      await this.waitFor(new URL(endpoint).host);
      await assertConditionalWrites({ endpoint, bucket: credentials.bucket, credentials });
    });
  }

  private async waitFor(address: string): Promise<void> {
    for (let attempt = 1; attempt <= connectAttempts; attempt++) {
      if (await connects(address)) return;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    const { kubeconfig } = this.folder;
    throw new OperationError(`${address} does not answer. Look at \`kubectl --kubeconfig ${kubeconfig} -n state-store get pods,events\`.`);
  }

  private async engine(stack: SynthesizedStack, args: readonly string[]): Promise<void> {
    const log = (text: string) => appendFileSync(this.log, text, { mode: 0o600 });
    log(`\n# ${new Date().toISOString()} ${stack.name}: ${engineBinary()} ${args[0]}\n`);
    await requireEngine(args, { folder: stack.folder, log });
  }

  private addresses(): readonly string[] {
    const { environment } = this.options;
    const { hostPorts } = environment.kind;
    const registry = `localhost:${hostPorts.registry}`;
    const image = `${environment.images[0] ?? "api"}:1.0.0`; // without a version no workload could name it
    return [
      `  gateway       http://localhost:${hostPorts.http} and https://localhost:${hostPorts.https}`,
      `  registry      ${registry}`,
      `                  docker tag ${image} ${registry}/${image}`,
      `                  docker push ${registry}/${image}`,
      `  object store  ${stateEndpoint(environment)}`,
      `  kubectl       --kubeconfig ${relative(process.cwd(), this.folder.kubeconfig)} --context ${localNames(environment).kubeContext}`,
    ];
  }
}

/** About two minutes for the server to take its port. */
const connectAttempts = 120;
