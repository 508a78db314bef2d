import { podPolicy } from "./pod-policy";
import type { Judged } from "./policy-scope";
import type { ValidatingPolicy } from "./validating-policy";

/**
 * Pods that say what they need, so that the scheduler can count and one pod cannot take a node's memory. CPU has no limit:
 * what is idle may be used. Ephemeral containers cannot say anything.
 */
export function boundedPods(judged: Judged): ValidatingPolicy {
  const resources = "has(container.resources)";
  return podPolicy("bounded-pods", judged, [
    {
      expression:
        `variables.workers.all(container, ${resources} && has(container.resources.requests) && ` +
        "has(container.resources.requests.cpu) && has(container.resources.requests.memory))",
      message: "every container must request cpu and memory",
    },
    {
      expression: `variables.workers.all(container, ${resources} && has(container.resources.limits) && has(container.resources.limits.memory))`,
      message: "every container must have a memory limit",
    },
  ]);
}
