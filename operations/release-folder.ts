import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { writeWhole } from "./local-folder";
import { OperationError } from "./operation-error";
import { keptReleases, type ReleaseStore, type Release, type StackFiles } from "./release";

/** Keeps the releases of an environment in a folder of this laptop. */
export class ReleaseFolder implements ReleaseStore {
  /** @param folder an absolute path; it is made when the first release is kept */
  constructor(private readonly folder: string) {}

  get place(): string {
    return relative(process.cwd(), this.folder);
  }

  async list(): Promise<readonly Release[]> {
    return this.ids()
      .filter((id) => existsSync(this.record(id)))
      .map((id) => JSON.parse(readFileSync(this.record(id), "utf8")) as Release);
  }

  async keep(release: Omit<Release, "id">, files: StackFiles): Promise<Release> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const kept = { id: this.claim(), ...release };
    writeFileSync(this.stack(kept.id), JSON.stringify(files), { mode: 0o600 });
    writeWhole(this.record(kept.id), JSON.stringify(kept, undefined, 2)); // last: without it there is no release
    for (const id of this.ids().slice(0, -keptReleases)) rmSync(join(this.folder, `${id}`), { recursive: true });
    return kept;
  }

  async files(id: number): Promise<StackFiles> {
    if (!existsSync(this.stack(id))) throw new OperationError(`release ${id} has no files in ${this.place}; choose another one`);
    return JSON.parse(readFileSync(this.stack(id), "utf8")) as StackFiles;
  }

  /** Takes the next number: a folder can be made once. */
  private claim(): number {
    for (let id = (this.ids().at(-1) ?? 0) + 1; ; id++) {
      try {
        mkdirSync(join(this.folder, `${id}`));
        return id;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  }

  private ids(): readonly number[] {
    const names = existsSync(this.folder) ? readdirSync(this.folder) : [];
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((one, other) => one - other);
  }

  private record(id: number): string {
    return join(this.folder, `${id}`, "release.json");
  }

  private stack(id: number): string {
    return join(this.folder, `${id}`, "stack.json");
  }
}
