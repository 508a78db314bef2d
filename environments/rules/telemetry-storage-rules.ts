import { labelsIn, selectorProblem } from "../../constructs/logs/logql";
import { streamLabels } from "../../constructs/logs/stream-labels";
import type { LocalEnvironment } from "../environment";
import { suggestion } from "../suggestion";
import { problem, type Rule } from "./rule";

/** Part of the laptop's object store that logs and traces may fill: states, the teams' buckets and backups are there, too. */
const usablePart = 0.5;

/** For how long what was deleted still takes room: the bucket keeps it for a day, and who deletes is some hours late. */
const deletedDays = 2;

const mibPerGib = 1024;

/** Streams that are kept for another time are those that somebody meant. */
const streams: Rule = {
  reads: ["observability.logs.streams"],
  check: (environment) =>
    Object.entries(environment.observability.logs.streams).flatMap(([name, { selector }]) => {
      const field = `observability.logs.streams.${name}.selector`;
      const wrong = selectorProblem(selector);
      if (wrong !== undefined) {
        return [problem(environment, field, selector, 'a selector of LogQL such as {namespace="search"}', `it ${wrong}`)];
      }
      return labelsIn(selector)
        .filter((label) => !streamLabels.some((known) => known === label))
        .map((label) => {
          const fix = suggestion(label, streamLabels) ?? "no stream has another";
          return problem(environment, field, selector, `made of the labels ${streamLabels.join(", ")}, not of ${label}`, fix);
        });
    }),
};

/** A laptop keeps logs and traces as long as it says only where its object store has room for them. */
const storageFits: Rule<LocalEnvironment> = {
  reads: ["monitoring", "observability.logs", "observability.traces", "stateStore.storageGib"],
  check: (environment) => {
    const { monitoring, observability, stateStore } = environment;
    const { logs, traces } = observability;
    // Nobody knows which part of the lines a stream is: all of them may be of the one that is kept longest.
    const longest = Math.max(logs.retentionDays, ...Object.values(logs.streams).map(({ retentionDays }) => retentionDays));
    const neededMib = (longest + deletedDays) * logs.mibPerDay + (traces.retentionDays + deletedDays) * traces.mibPerDay;
    if (!monitoring || neededMib <= stateStore.storageGib * mibPerGib * usablePart) return [];
    const neededGib = Math.ceil(neededMib / usablePart / mibPerGib);
    return [
      problem(
        environment,
        "stateStore.storageGib",
        stateStore.storageGib,
        `at least ${neededGib} (GiB): logs of ${longest} days and traces of ${traces.retentionDays} take ${neededMib} MiB, and may fill half of it`,
        "raise it, or keep them for less time",
      ),
    ];
  },
};

/** Rules about how long logs are kept. */
export const telemetryRules: readonly Rule[] = [streams];

/** What the laptop must have room for beside that. */
export const localTelemetryRules: readonly Rule<LocalEnvironment>[] = [storageFits];
