import type { Problem } from "../../constructs/shared/errors";
import { eachWorkload, elementsOf, entriesOf, problem, repetitions } from "./declared";

/** Volumes that pods have without being asked; a test compares them with what is synthesized. */
export const ownVolumes = ["scratch", "authority"];

/** Where those are mounted, and what Linux and Kubernetes mount: a volume there would hide them. */
export const takenPaths: Readonly<Record<string, string>> = {
  "/tmp": "each pod has room of its own there",
  "/etc/authority": "the authority of the cache's certificate is there",
  "/var/run/secrets": "Kubernetes puts tokens there",
  "/run/secrets": "Kubernetes puts tokens there",
  "/proc": "Linux has it",
  "/sys": "Linux has it",
  "/dev": "Linux has it",
};

/** Bytes that the files of one volume may have together: a ConfigMap has at most 1 MiB (Kubernetes, "ConfigMaps"), names included. */
const mostBytes = 1_000_000;

const names = eachWorkload([], (workload) => {
  const all = elementsOf(workload, "volumes");
  return [
    ...repetitions(workload.path, all, ({ name }) => name, "name", "rename one of the two"),
    ...all
      .filter(({ value: { name } }) => ownVolumes.includes(name))
      .map(({ at, value: { name } }) =>
        problem(workload.path, `${at}.name`, name, `none of ${ownVolumes.join(", ")}, which every pod has`, "rename it"),
      ),
  ];
});

const places = eachWorkload([], (workload) => {
  const all = elementsOf(workload, "volumes");
  return all.flatMap(({ at, value: { mountPath } }, index) => {
    const told = (limit: string, fix: string): readonly Problem[] => [problem(workload.path, `${at}.mountPath`, mountPath, limit, fix)];
    const occupied = Object.keys(takenPaths).find((path) => meet(path, mountPath));
    if (occupied !== undefined) return told(`apart from ${occupied}`, `choose another path: ${takenPaths[occupied]}`);
    const other = all.slice(0, index).find(({ value }) => meet(value.mountPath, mountPath));
    return other
      ? told(`apart from that of ${other.at}, which is ${other.value.mountPath}`, "one would hide the other: choose another path")
      : [];
  });
});

const contents = eachWorkload([], (workload) =>
  elementsOf(workload, "volumes").flatMap(({ at, value: { content } }) => {
    if (content.kind === "persistent" && workload.intent.kind !== "stateful-set") {
      const limit = '"scratch" in what is no stateful set';
      return [problem(workload.path, `${at}.content.kind`, "persistent", limit, 'change it, or make the workload a "stateful-set"')];
    }
    if (content.kind !== "files") return [];
    const files = entriesOf(content.files);
    const bytes = files.reduce((sum, entry) => sum + Buffer.byteLength(entry.join("")), 0);
    const told = (value: unknown, limit: string, fix: string) => [problem(workload.path, `${at}.content.files`, value, limit, fix)];
    if (files.length === 0) return told(content.files, "at least one file", "add one, or remove the volume");
    return bytes > mostBytes ? told(bytes, `at most ${mostBytes} bytes in all`, "spread them over several volumes") : [];
  }),
);

/** Whether one path is the other or below it. */
function meet(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

/** What is mounted into pods. */
export const volumeRules = [names, places, contents];
