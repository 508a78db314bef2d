import type { Problem } from "../../constructs/shared/errors";
import { nameProblems } from "../../constructs/shared/kubernetes-names";
import { suggestion } from "../../environments/suggestion";
import { serves, type ServingIntent } from "../application";
import { eachWorkload, elementsOf, problem, repetitions, type DeclaredWorkload } from "./declared";

type Probe = NonNullable<NonNullable<ServingIntent["probes"]>["liveness"]>;

const probeNames = ["liveness", "readiness", "startup"] as const;

const ports = eachWorkload([], (workload) => {
  const { path } = workload;
  const all = elementsOf(workload, "ports");
  return [
    ...all.flatMap(({ at, value }) => nameProblems(`${path}.${at}`, "name", value.name, "port name")),
    ...repetitions(path, all, ({ name }) => name, "name", "rename one of the two"),
    ...repetitions(path, all, ({ port }) => port, "port", "a container listens once: remove one of the two"),
  ];
});

const probes = eachWorkload([], (workload) => {
  const { intent, wellFormed } = workload;
  if (!serves(intent)) return [];
  return probeNames.flatMap((name) => {
    const at = `probes.${name}`;
    const probe = wellFormed([at]) ? intent.probes?.[name] : undefined;
    return probe ? probeProblems(workload, at, probe) : [];
  });
});

function probeProblems(workload: DeclaredWorkload, at: string, { command, path, port }: Probe): readonly Problem[] {
  const told = (field: string, value: unknown, limit: string, fix: string) =>
    problem(workload.path, field === "" ? at : `${at}.${field}`, value, limit, fix);
  if (command === undefined && path === undefined) {
    return [told("", port === undefined ? {} : { port }, "a probe with path and port, or with command", "say what is asked")];
  }
  if (command !== undefined) {
    return [
      ...(path === undefined ? [] : [told("path", path, "left out beside command", "keep one of them: a probe asks once")]),
      ...(port === undefined ? [] : [told("port", port, "left out beside command", "remove it: a command goes to no port")]),
    ];
  }
  if (port === undefined) return [told("port", port, "the name of a port", "say which port is asked")];
  return portProblems(workload, workload, `${at}.port`, port);
}

/** What is wrong with the name of a port of a workload that another field gives. Nothing is known of ports that are malformed. */
export function portProblems(asking: DeclaredWorkload, asked: DeclaredWorkload, field: string, port: string): readonly Problem[] {
  const { intent, wellFormed } = asked;
  if (!wellFormed(["kind", "ports"])) return [];
  const names = serves(intent) ? (intent.ports ?? []).map(({ name }) => name) : [];
  if (names.includes(port)) return [];
  const owner = asking === asked ? "the workload" : `${asked.application}/${asked.name}`;
  const limit = names.length > 0 ? `a port of ${owner}: ${names.join(", ")}` : `a port of ${owner}, which has none`;
  return [problem(asking.path, field, port, limit, suggestion(port, names) ?? "add it to ports, or name another one")];
}

/** What containers listen on, and how they are asked whether they do. */
export const portRules = [ports, probes];
