import { hasGpus } from "../../constructs/cluster/instance-types";
import { bytesOf, millicoresOf } from "../../constructs/namespaces/quantity";
import type { Environment } from "../../environments/environment";
import type { Placement } from "../../environments/node-groups";
import { eachWorkload, eachWorkloadIn, pathIn, problem } from "./declared";

const cpu = eachWorkload(["resources.requests.cpu", "resources.limits.cpu"], ({ intent, path }) => {
  const { limits, requests } = intent.resources;
  if (limits.cpu === undefined || millicoresOf(requests.cpu) <= millicoresOf(limits.cpu)) return [];
  return [
    problem(path, "resources.requests.cpu", requests.cpu, `at most limits.cpu, which is ${limits.cpu}`, "lower it or raise the limit"),
  ];
});

const memory = eachWorkload(["resources.requests.memory", "resources.limits.memory"], ({ intent, path }) => {
  const { limits, requests } = intent.resources;
  if (bytesOf(requests.memory) <= bytesOf(limits.memory)) return [];
  const limit = `at most limits.memory, which is ${limits.memory}`;
  return [problem(path, "resources.requests.memory", requests.memory, limit, "lower it or raise the limit")];
});

/** Pods that insist on a GPU would wait forever where no node has one. */
const gpus = eachWorkloadIn(["gpus", "placement"], ({ intent, path }, environment) => {
  const { gpus: asked, placement } = intent;
  if (asked?.otherwise !== "refuse" || placementHasGpus(environment, placement)) return [];
  const limit = `"run-without" where no node of the placement ${placement} has a GPU`;
  const fix = "change it, or give the node group instance types with GPUs";
  return [problem(pathIn(environment, path), "gpus.otherwise", "refuse", limit, fix)];
});

/** A node of Kind has none, whatever it stands for. */
function placementHasGpus(environment: Environment, placement: Placement): boolean {
  if (environment.target === "local") return false;
  return environment.cluster.nodeGroups.some((group) => group.placements.includes(placement) && hasGpus(group));
}

/** What containers ask for. */
export const resourceRules = [cpu, memory, gpus];
