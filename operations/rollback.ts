import { rmSync } from "node:fs";
import type { Environment } from "../environments/environment";
import type { Consent } from "./consent";
import { DeployFiles } from "./deploy-files";
import { deployLayer, refuseLosses, type LayerOutcome } from "./deploy-layer";
import { EngineError } from "./engine";
import { OperationError } from "./operation-error";
import type { EnginePlace } from "./plan";
import type { PlanJson } from "./plan-changes";
import type { Progress } from "./progress";
import { releasedLayer, type ReleaseStore, type Release } from "./release";
import { stackBeside } from "./release-files";
import type { ReleaseKeeper } from "./release-keeper";
import { withoutMigrating } from "./release-migrations";
import type { SynthesizedStack } from "./stacks";

export interface RollbackOptions {
  readonly environment: Environment;
  /** Its stacks, in the order of deployment. */
  readonly stacks: readonly SynthesizedStack[];
  readonly store: ReleaseStore;
  readonly keeper: ReleaseKeeper;
  readonly progress: Progress;
  readonly consent: Consent;
  /** Where the engine works. @default the stacks' folders */
  readonly place?: EnginePlace;
}

/** Takes the apps layer of an environment back to an earlier release. Killed at any point, the next run goes on from there. */
export class Rollback {
  private readonly files: DeployFiles;
  private readonly stack: SynthesizedStack;

  /** @throws OperationError where there is no such layer */
  constructor(private readonly options: RollbackOptions) {
    const { environment, stacks } = options;
    const stack = stacks.find(({ layer }) => layer === releasedLayer);
    if (stack === undefined) throw new OperationError(`${environment.name} has no layer ${releasedLayer}; only its releases are kept`);
    this.stack = stack;
    this.files = new DeployFiles(environment, stack.folder, "rollback");
  }

  /**
   * Goes back to a release: plans it against what stands, shows, asks, applies, and keeps it as a new release.
   * @param id @default the last one that was not the same as what stands
   * @throws OperationError, EngineError
   */
  async back(id?: number): Promise<LayerOutcome> {
    const { environment, stacks, store, keeper, progress, consent, place } = this.options;
    const releases = await progress.step(`reading the releases in ${store.place}`, () => store.list());
    const target = chosenRelease(environment.name, releases, id);
    progress.say(
      `${environment.name}: back to release ${describeRelease(target)}.\nMigrations and data stay as they are: only what runs goes back.`,
    );
    const files = await store.files(target.id);
    const stack = stackBeside(this.stack, "releases", withoutMigrating(files));
    this.files.create();
    try {
      const judge = (plan: PlanJson) => refuseLosses(plan, stack.name, forward);
      const outcome = await deployLayer({ stack, all: stacks, files: this.files, progress, consent, judge, ...(place ? { place } : {}) });
      if (outcome.result === "waits") {
        throw new OperationError(
          `release ${target.id} comes after ${outcome.after}: that layer has no longer, or not yet, what the release needs. Nothing was changed.\n` +
            `  Deploy that layer from the commit of the release${target.commit ? `, ${target.commit}` : ""}, or choose another release: npm run rollback -- ${environment.name} --list`,
        );
      }
      await keeper.keep(stackBeside(this.stack, "releases", files), outcome.plan, target.id);
      progress.say(outcome.result === "unchanged" ? `Release ${target.id} stands already.` : `Release ${target.id} stands again.`);
      return outcome;
    } catch (error) {
      if (error instanceof EngineError) progress.say(`the engine's output is in ${this.files.shownLog}`);
      throw error;
    } finally {
      rmSync(stack.folder, { recursive: true, force: true });
    }
  }
}

/** What to do where going back would lose something. */
const forward = "A rollback never destroys that. Go forward instead: correct the code, and deploy it.";

/** The release to go back to. @throws OperationError when there is none */
export function chosenRelease(environment: string, releases: readonly Release[], id?: number): Release {
  const last = releases.at(-1);
  const target =
    id === undefined
      ? [...releases].reverse().find(({ digest }) => digest !== last?.digest)
      : releases.find((release) => release.id === id);
  if (target !== undefined) return target;
  const known = releases.map((release) => release.id).join(", ");
  if (releases.length === 0) throw new OperationError(noReleases(environment));
  if (id === undefined)
    throw new OperationError(`${environment} has nothing to go back to: no release differs from the last one, ${last?.id}`);
  throw new OperationError(`${environment}: release is ${id}, must be one of ${known}; choose one of them`);
}

/** What to say where nothing was kept yet. */
export function noReleases(environment: string): string {
  return `${environment} has no releases yet: npm run deploy -- ${environment} keeps the first`;
}

/** Rows of the list: id, when, who, commit, what it did. */
export function releaseRows(releases: readonly Release[]): readonly (readonly (string | number)[])[] {
  return releases.map(({ id, at, by, summary, backTo, ...release }) => [
    id,
    at.slice(0, 19).replace("T", " "),
    by,
    commitOf(release),
    backTo === undefined ? summary : `back to ${backTo}: ${summary}`,
  ]);
}

function describeRelease({ id, at, by, ...release }: Release): string {
  return `${id}, ${commitOf(release)}, deployed ${at.slice(0, 19).replace("T", " ")} by ${by}`;
}

function commitOf({ commit, dirty }: Pick<Release, "commit" | "dirty">): string {
  return `${commit?.slice(0, 12) ?? "without a commit"}${dirty ? " and uncommitted changes" : ""}`;
}
