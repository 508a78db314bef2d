import { isPrivate, overlap } from "../../constructs/network/cidr";
import { localNames } from "../../constructs/shared/naming";
import type { LocalEnvironment } from "../environment";
import { kubernetesVersions } from "../kubernetes-versions";
import { nameProblems } from "./common-rules";
import { nodeGroupProblems } from "./node-group-rules";
import { problem, type Rule } from "./rule";

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
  check: (environment) => {
    const ports = Object.entries(environment.kind.hostPorts);
    return ports.flatMap(([name, port], index) =>
      ports
        .slice(0, index)
        .filter(([, other]) => other === port)
        .map(([other]) => problem(environment, `kind.hostPorts.${name}`, port, `another port than that of ${other}`, "change one of them")),
    );
  },
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
  check: (environment) => nodeGroupProblems(environment, "kind.nodeGroups", environment.kind.nodeGroups),
};

/** The laptop runs the Kubernetes of the cloud; the tag of the node image is where the version comes from. */
const nodeImage: Rule<LocalEnvironment> = {
  reads: ["kind.nodeImage"],
  check: (environment) =>
    kubernetesVersions.some((version) => environment.kind.nodeImage.includes(`:v${version}.`))
      ? []
      : [
          problem(
            environment,
            "kind.nodeImage",
            environment.kind.nodeImage,
            `an image with a tag v<version>.<patch>, the version one of ${kubernetesVersions.join(", ")}`,
            "choose one from the releases of kind",
          ),
        ],
};

/** What a laptop cannot give is refused rather than ignored. */
const laptop: Rule<LocalEnvironment> = {
  reads: ["highlyAvailable", "disposable", "development"],
  check: (environment) => [
    ...(environment.development.allowInsecure
      ? []
      : [
          problem(
            environment,
            "development.allowInsecure",
            false,
            "true on a laptop",
            "the registry and the state store speak plain HTTP on the loopback",
          ),
        ]),
    ...(environment.highlyAvailable
      ? [problem(environment, "highlyAvailable", true, "false on a laptop", "one machine has no second zone")]
      : []),
    ...(environment.disposable
      ? []
      : [problem(environment, "disposable", false, "true on a laptop", "a change of the Kind configuration replaces the cluster")]),
  ],
};

export const localRules: readonly Rule<LocalEnvironment>[] = [names, hostPorts, addresses, nodeGroups, nodeImage, laptop];
