import { hostname, userInfo } from "node:os";
import { countChanges, describeCounts, isEmpty, type PlanJson } from "./plan-changes";
import { changeLines } from "./planned-buckets";
import type { Progress } from "./progress";
import { releasedLayer, type ReleaseStore } from "./release";
import { digestOf, readStackFiles } from "./release-files";
import type { CommandRunner } from "./run-command";
import type { SynthesizedStack } from "./stacks";

export interface ReleaseKeeperOptions {
  readonly store: ReleaseStore;
  readonly run: CommandRunner;
  readonly progress: Progress;
}

/** Keeps every deployment of the apps layer as a release. */
export class ReleaseKeeper {
  constructor(private readonly options: ReleaseKeeperOptions) {}

  /**
   * Keeps what stands now, unless it is what was kept last: a run that was killed before it came here is caught up with.
   * @param plan by which it came to stand
   * @param backTo release that it went back to. @default it came from the code
   */
  async keep(stack: SynthesizedStack, plan: PlanJson, backTo?: number): Promise<void> {
    if (stack.layer !== releasedLayer) return;
    const { store, progress } = this.options;
    const files = readStackFiles(stack.folder);
    const digest = digestOf(files);
    const counts = countChanges(plan);
    const last = (await store.list()).at(-1);
    if (isEmpty(counts) && last?.digest === digest) return;
    const commit = await this.commit();
    const release = {
      at: new Date().toISOString(),
      by: author(),
      ...commit,
      summary: describeCounts(counts),
      changes: changeLines(plan).filter((line) => !line.startsWith("read ")),
      digest,
      ...(backTo === undefined ? {} : { backTo }),
    };
    const { id } = await store.keep(release, files);
    progress.say(`${stack.name}: kept as release ${id} in ${store.place}`);
  }

  /** The commit of the code, and whether there is more than it says. */
  private async commit(): Promise<{ readonly commit?: string; readonly dirty: boolean }> {
    const head = await this.git(["rev-parse", "HEAD"]);
    const changes = await this.git(["status", "--porcelain"]);
    return { ...(head ? { commit: head } : {}), dirty: changes !== undefined && changes !== "" };
  }

  private async git(args: readonly string[]): Promise<string | undefined> {
    const result = await this.options.run("git", ["-C", __dirname, ...args]);
    return result.outcome === "ended" && result.exitCode === 0 ? result.stdout.trim() : undefined;
  }
}

/** As the engine names whoever holds a lock. */
function author(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return `unknown@${hostname()}`; // a container may run as a number that has no name
  }
}
