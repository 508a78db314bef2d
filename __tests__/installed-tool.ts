import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { machineVariable } from "../environments/variables";
import { cannotRun } from "./cannot-run";

/** Programs that judge what we make, and the packages of Debian that bring them. */
const packages = {
  promtool: "prometheus",
  amtool: "prometheus-alertmanager",
  "prometheus-alertmanager": "prometheus-alertmanager",
} as const;

/** A program of somebody else's. */
export type Tool = keyof typeof packages;

/** Tests that run programs of somebody else's. Where one is not installed it is said how to get it; in CI that is a failure. */
export function describeWith(tools: readonly Tool[], title: string, tests: () => void): void {
  const missing = missingTools(tools, machineVariable("PATH") ?? "");
  describe(title, missing === undefined ? tests : () => cannotRun(`${title}: ${missing}`));
}

/** What is not on the path, and how it is installed; undefined when everything is there. */
export function missingTools(tools: readonly Tool[], path: string): string | undefined {
  const folders = path.split(delimiter).filter(Boolean);
  const missing = tools.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
  if (missing.length === 0) return undefined;
  const wanted = [...new Set(missing.map((tool) => packages[tool]))];
  return `${missing.join(" and ")} not found; apt-get install ${wanted.join(" ")}`;
}
