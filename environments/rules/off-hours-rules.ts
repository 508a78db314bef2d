import type { AwsEnvironment } from "../environment";
import { problem, type Rule } from "./rule";

/** Nodes that go in the evening: only where nothing is lost with them, and where nothing brings them back at once. */
export const offHours: Rule<AwsEnvironment> = {
  reads: ["offHours", "disposable", "cluster.nodeGroups"],
  check: (environment) => {
    const { offHours: times, disposable, cluster } = environment;
    if (times === undefined) return [];
    return [
      ...(disposable
        ? []
        : [problem(environment, "offHours", times, "absent where disposable is false", "remove it, or mark the environment disposable")]),
      ...(times.start === times.stop
        ? [problem(environment, "offHours.start", times.start, "different from stop", "change one of the two times")]
        : []),
      ...cluster.nodeGroups.flatMap(({ minNodes }, index) =>
        minNodes === 0
          ? []
          : [
              problem(
                environment,
                `cluster.nodeGroups.${index}.minNodes`,
                minNodes,
                "0 where offHours is set",
                "lower it: EKS keeps that many nodes, whatever the hour",
              ),
            ],
      ),
    ];
  },
};
