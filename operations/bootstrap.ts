import type { AwsEnvironment } from "../environments/environment";
import type { Consent } from "./consent";
import { AccountBuckets } from "./account-buckets";
import { BootstrapFiles } from "./bootstrap-files";
import { applyArguments, EngineError, initArguments, planArguments, runEngine, type EngineResult } from "./engine";
import { OperationError } from "./operation-error";
import { requireOwnAccount } from "./own-account";
import { countChanges, describeCounts, isEmpty, parsePlan, type PlanJson } from "./plan-changes";
import { changeLines, plannedBuckets, type PlannedBucket } from "./planned-buckets";
import type { Progress } from "./progress";
import type { SynthesizedStack } from "./stacks";
import { continues, describeStateContent, parseState, sameResources, taintedIn, type State } from "./state-file";

export interface BootstrapOptions {
  readonly environment: AwsEnvironment;
  /** The stack of its state layer, with a backend in the bucket that it makes. */
  readonly stack: Pick<SynthesizedStack, "name" | "folder" | "state">;
  /** Takes over buckets that exist already. @default only those that an interrupted run here may have made */
  readonly adopt?: boolean;
  readonly progress: Progress;
  readonly consent: Consent;
}

/**
 * Makes the bucket that keeps an environment's states, with a state in a local file, and moves that state into the bucket.
 * Repeated, it changes nothing. Killed at any point, the next run goes on from there. No state is ever overwritten.
 */
export class Bootstrap {
  private readonly files: BootstrapFiles;
  private readonly buckets: AccountBuckets;
  private readonly bucket: string;
  private readonly key: string;

  constructor(private readonly options: BootstrapOptions) {
    const { environment, stack } = options;
    if (stack.state.in !== "bucket") throw new Error(`stack ${stack.name} keeps its state in a file; only AWS is bootstrapped`);
    this.bucket = stack.state.bucket;
    this.key = stack.state.key;
    this.files = new BootstrapFiles(environment, stack.folder);
    this.buckets = new AccountBuckets(environment);
  }

  /** @throws ConfigurationError, OperationError, EngineError */
  async run(): Promise<void> {
    requireOwnAccount(this.options.environment);
    this.files.restoreStack(); // a killed run may have left something there
    try {
      if (await this.isMigrated()) await this.settle();
      else {
        await this.create();
        await this.migrate();
      }
    } finally {
      this.files.removePlan();
      this.files.restoreStack();
      this.buckets.close();
    }
  }

  private isMigrated(): Promise<boolean> {
    return this.options.progress.step(
      `looking for ${this.place}`,
      async () => (await this.buckets.exists(this.bucket)) && (await this.buckets.holds(this.bucket, this.key)),
      (found) => (found ? "there" : "not there"),
    );
  }

  /** The state is in the bucket: tidies up after an interrupted run, and says whether anything is left to do. */
  private async settle(): Promise<void> {
    const { environment, progress, stack } = this.options;
    const local = this.files.read();
    await progress.step("opening it", () => this.engine(initArguments));
    if (local) {
      const remote = await this.pull();
      if (!continues(remote, local)) throw this.different(local, remote);
    }
    this.files.finish();
    if (local) progress.say(`${this.files.shown} was moved into the bucket before; it is kept as a backup, *.migrated.`);
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode"];
    const exitCode = await progress.step(
      `${stack.name}: planning`,
      async () => {
        const result = await runEngine(args, this.options.stack);
        if (result.exitCode === 0 || result.exitCode === 2) return result.exitCode;
        throw this.failure(args, result);
      },
      (code) => (code === 0 ? "no changes" : "there are changes"),
    );
    progress.say(
      exitCode === 0
        ? `${environment.name} is bootstrapped; nothing had to change.`
        : `${environment.name} is bootstrapped, but ${stack.name} has changes, and none was made. ` +
            `Review them with \`npm run plan -- ${environment.name} state\`, then \`npm run deploy -- ${environment.name} --layer state\`.`,
    );
  }

  private async create(): Promise<void> {
    const { environment, progress, stack, consent } = this.options;
    this.files.create();
    const local = this.files.read();
    this.files.useLocalState();
    const first = await progress.step(
      `${stack.name}: planning`,
      async () => {
        await this.engine(initArguments);
        // Made again, a bucket or a key would take with it what is in it. All of their settings can be mended in place.
        for (const address of local ? taintedIn(local) : []) await this.engine(["untaint", address]);
        return this.plan();
      },
      (made) => describeCounts(countChanges(made)),
    );
    const existing = await this.existingIn(first);
    const plan = existing.length > 0 ? await this.adopt(existing) : first;
    const counts = countChanges(plan);
    if (isEmpty(counts)) return;
    await consent(
      [
        `${environment.name}: ${describeCounts(counts)} in account ${environment.accountId}, region ${environment.region}`,
        `  state bucket ${this.bucket}`,
        ...existing.map(({ bucket }) => `  takes over bucket ${bucket}, which exists`),
        ...changeLines(plan).map((line) => `  ${line}`),
      ].join("\n"),
    );
    this.files.begin();
    await progress.step(`${stack.name}: applying`, () => this.engine(applyArguments(this.files.plan)));
  }

  private async plan(): Promise<PlanJson> {
    await this.engine(planArguments(this.files.plan));
    return parsePlan((await this.engine(["show", "-json", this.files.plan])).stdout);
  }

  /** Buckets that the plan would create but that exist. */
  private async existingIn(plan: PlanJson): Promise<readonly PlannedBucket[]> {
    const planned = plannedBuckets(plan);
    const existing = await Promise.all(planned.map(({ bucket }) => this.buckets.exists(bucket)));
    return planned.filter((_, index) => existing[index]);
  }

  private async adopt(existing: readonly PlannedBucket[]): Promise<PlanJson> {
    const { adopt = false, environment, progress, stack } = this.options;
    const names = existing.map(({ bucket }) => bucket).join(", ");
    if (!adopt && !this.files.begun) {
      throw new OperationError(
        `${names} exists in account ${environment.accountId}, but there is no state that lists it, neither ${this.place} nor ${this.files.shown}. Nothing was changed.\n` +
          `  If the state was deleted, bring its last version back: the bucket keeps versions of ${this.key}.\n` +
          `  If the bucket is to be used from now on: npm run bootstrap -- ${environment.name} --adopt\n` +
          `  If it is not needed, remove it; if it is somebody else's, choose another project name.`,
      );
    }
    this.files.adopt(Object.fromEntries(existing.map(({ address, bucket }) => [address, bucket])));
    return progress.step(`${stack.name}: planning to take over ${names}`, () => this.plan());
  }

  private async migrate(): Promise<void> {
    const { environment, progress } = this.options;
    const local = this.files.read();
    if (local === undefined)
      throw new OperationError(`${this.files.shown} has vanished; nothing was moved into the bucket. Run the command again.`);
    // The engine is told not to ask, so this is the last moment to see that somebody was faster.
    if (await this.buckets.holds(this.bucket, this.key)) {
      throw new OperationError(
        `${this.place} was written by somebody else meanwhile. Nothing was overwritten. Run the command again to compare.`,
      );
    }
    this.files.restoreStack();
    await progress.step(`moving the state to ${this.place}`, async () => {
      await this.engine(["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"]);
      const remote = await this.pull();
      if (!sameResources(remote, local)) throw this.different(local, remote);
    });
    this.files.finish();
    progress.say(
      `${environment.name} is bootstrapped. The state is in ${this.place}; a backup is kept in ${this.files.shown}.migrated.\n` +
        `Next: npm run deploy -- ${environment.name}`,
    );
  }

  private different(local: State, remote: State): OperationError {
    return new OperationError(
      `There are two states, and the one in the bucket does not continue the local one. Nothing was overwritten.\n` +
        `  ${this.files.shown}: ${describeStateContent(local)}\n` +
        `  ${this.place}: ${describeStateContent(remote)}\n` +
        "Find out which one describes the account. If it is the one in the bucket, move the local file away and run the command again.",
    );
  }

  private async pull(): Promise<State> {
    const { stdout } = await this.engine(["state", "pull"]);
    return parseState(stdout, this.place, "Bring an earlier version of the object back: the bucket keeps them.");
  }

  private async engine(args: readonly string[]): Promise<EngineResult> {
    const result = await runEngine(args, this.options.stack);
    if (result.exitCode !== 0) throw this.failure(args, result);
    return result;
  }

  private failure(args: readonly string[], result: EngineResult): Error {
    const error = new EngineError(args, this.options.stack, result);
    if (!error.message.includes("Error acquiring the state lock")) return error;
    const remedy = this.files.stateIsLocal
      ? "The engine of an interrupted run may still be at its end: wait a moment, and run the command again."
      : "Somebody is at work on this state, or was killed at it; the lines above say who and since when. " +
        `Only if that is over for certain, remove the lock: aws s3 rm ${this.place}.tflock`;
    return new OperationError(`${error.message}\n${remedy}`);
  }

  private get place(): string {
    return `s3://${this.bucket}/${this.key}`;
  }
}
