import { serves, type ServingIntent } from "../application";
import { connectionsTo, eachWorkload, problem } from "./declared";

type Several = Exclude<ServingIntent, { readonly kind: "daemon-set" }>;

const range = eachWorkload(["scaling"], ({ intent, path }) => {
  const scaling = several(intent)?.scaling;
  if (scaling === undefined || scaling.min <= scaling.max) return [];
  return [problem(path, "scaling.min", scaling.min, `at most max, which is ${scaling.max}`, "lower it or raise max")];
});

const measure = eachWorkload(["scaling"], ({ intent, path }) => {
  const scaling = several(intent)?.scaling;
  if (scaling?.by !== "load" || scaling.cpuPercent !== undefined || scaling.memoryPercent !== undefined) return [];
  return [
    problem(path, "scaling.cpuPercent", undefined, "there, or memoryPercent, or both", "say which use of what is requested is aimed at"),
  ];
});

/** KEDA asks the cache how long the list is, with what the workload knows. */
const queue = eachWorkload(["scaling.by", "connects"], (workload) => {
  const scaling = several(workload.intent)?.scaling;
  if (scaling?.by !== "queue" || connectionsTo(workload, "cache").length > 0) return [];
  const limit = '"load" where the workload does not talk to the cache';
  return [problem(workload.path, "scaling.by", "queue", limit, 'add { to: "cache" } to connects: the list is there')];
});

const eitherOr = eachWorkload(["replicas"], ({ intent, path }) => {
  const { replicas, scaling } = several(intent) ?? {};
  if (replicas === undefined || scaling === undefined) return [];
  return [problem(path, "replicas", replicas, "left out where scaling says how many pods there are", "keep one of them")];
});

/** A budget that lets no pod go keeps every node from being renewed. */
const disruption = eachWorkload(["disruption"], ({ intent, path, wellFormed }) => {
  const one = several(intent);
  if (one?.disruption === undefined) return [];
  const { maxUnavailable, minAvailable } = one.disruption;
  if (maxUnavailable !== undefined && minAvailable !== undefined) {
    return [
      problem(
        path,
        "disruption.minAvailable",
        minAvailable,
        "left out beside maxUnavailable",
        "keep one of them: Kubernetes takes no second",
      ),
    ];
  }
  if (maxUnavailable === undefined && minAvailable === undefined) {
    return [problem(path, "disruption", one.disruption, "maxUnavailable or minAvailable", "give one of them, or leave it out")];
  }
  if (maxUnavailable === 0) {
    return [problem(path, "disruption.maxUnavailable", 0, "at least 1", "raise it: with none no node could be renewed")];
  }
  if (minAvailable === undefined || !wellFormed(["replicas", "scaling"])) return [];
  const fewest = one.scaling?.min ?? one.replicas ?? 1;
  if (minAvailable < Math.max(fewest, 1)) return [];
  const limit = `below the fewest pods that there are, which is ${fewest}`;
  return [problem(path, "disruption.minAvailable", minAvailable, limit, "lower it, or raise the pods: else no node could be renewed")];
});

/** What may have several pods; nothing for other kinds. */
function several(intent: Parameters<typeof serves>[0]): Several | undefined {
  return serves(intent) && intent.kind !== "daemon-set" ? intent : undefined;
}

/** How many pods there are. */
export const scalingRules = [range, measure, queue, eitherOr, disruption];
