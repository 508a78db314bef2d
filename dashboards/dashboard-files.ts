import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";

/** Where the dashboards are committed, from the project's folder. */
export const dashboardFolder = "dashboards/generated";

/** A dashboard as a file. */
export interface DashboardFile {
  /** Name in the folder. */
  readonly name: string;
  readonly content: string;
}

/** Dashboards as the files that are committed: `<uid>.json`. */
export function dashboardFiles(dashboards: readonly Dashboard[]): readonly DashboardFile[] {
  return dashboards.map((dashboard) => ({ name: `${dashboard.uid}.json`, content: `${JSON.stringify(dashboard, undefined, 1)}\n` }));
}

/** What is wrong with the files of a folder, and the command that mends it; empty when they are current. */
export function outdated(files: readonly DashboardFile[], folder: string): readonly string[] {
  return [...notCurrent(files, folder), ...nobodys(files, folder)].map(
    (name) => `${join(folder, name)} is not current; run \`npm run dashboards\``,
  );
}

/** Writes the files and removes those of dashboards that are no more. Returns the paths of what was changed. */
export function writeDashboards(files: readonly DashboardFile[], folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const stale = notCurrent(files, folder);
  for (const { content, name } of files.filter((file) => stale.includes(file.name))) writeFileSync(join(folder, name), content);
  const left = nobodys(files, folder);
  for (const name of left) rmSync(join(folder, name));
  return [...stale, ...left].map((name) => join(folder, name));
}

function notCurrent(files: readonly DashboardFile[], folder: string): readonly string[] {
  return files
    .filter(({ content, name }) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), "utf8") !== content)
    .map(({ name }) => name);
}

/** Files of dashboards that are no more. */
function nobodys(files: readonly DashboardFile[], folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((entry) => entry.endsWith(".json") && !files.some(({ name }) => name === entry));
}
