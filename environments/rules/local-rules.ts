import { isPrivate, overlap } from "../../constructs/network/cidr";
import { localNames } from "../../constructs/shared/naming";
import type { LocalEnvironment } from "../environment";
import { nameProblems, placementProblems } from "./common-rules";
import { problem, repeated, type Rule } from "./rule";

const names: Rule<LocalEnvironment> = {
  reads: ["name", "project"],
  check: (environment) => {
    const { cluster, stateBucket } = localNames(environment);
    return nameProblems(environment, [
      { service: "Kind cluster", name: cluster },
      { service: "S3 bucket", name: stateBucket },
    ]);
  },
};

const hostPorts: Rule<LocalEnvironment> = {
  reads: ["kind.hostPorts"],
  check: (environment) =>
    repeated(Object.values(environment.kind.hostPorts)).map((port) =>
      problem(environment, "kind.hostPorts", port, "a port used once", "give each service a port of its own"),
    ),
};

const addresses: Rule<LocalEnvironment> = {
  reads: ["kind.podCidr", "kind.serviceCidr"],
  check: (environment) => [
    ...(overlap(environment.kind.podCidr, environment.kind.serviceCidr)
      ? [
          problem(
            environment,
            "kind.serviceCidr",
            environment.kind.serviceCidr,
            `apart from podCidr ${environment.kind.podCidr}`,
            "choose another block",
          ),
        ]
      : []),
    ...(["podCidr", "serviceCidr"] as const)
      .filter((field) => !isPrivate(environment.kind[field]))
      .map((field) =>
        problem(
          environment,
          `kind.${field}`,
          environment.kind[field],
          "private address space (RFC 1918)",
          "choose a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        ),
      ),
  ],
};

const nodeGroups: Rule<LocalEnvironment> = {
  reads: ["kind.nodeGroups"],
  check: (environment) => placementProblems(environment, "kind.nodeGroups", environment.kind.nodeGroups),
};

/** What a laptop cannot give is refused rather than ignored. */
const laptop: Rule<LocalEnvironment> = {
  reads: ["highlyAvailable", "deletionProtection", "disposable"],
  check: (environment) => [
    ...(environment.highlyAvailable
      ? [problem(environment, "highlyAvailable", true, "false on a laptop", "one machine has no second zone")]
      : []),
    ...(environment.disposable
      ? []
      : [problem(environment, "disposable", false, "true on a laptop", "a change of the Kind configuration replaces the cluster")]),
  ],
};

export const localRules: readonly Rule<LocalEnvironment>[] = [names, hostPorts, addresses, nodeGroups, laptop];
