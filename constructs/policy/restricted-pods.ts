import { podPolicy } from "./pod-policy";
import type { Judged } from "./policy-scope";
import type { ValidatingPolicy, Validation } from "./validating-policy";

/**
 * Pods without the rights of root and without ways to the node. Namespaces carry the Pod Security Standard as a label,
 * too; this says what is wrong before there are pods, and holds where nobody has set the label.
 */
export function restrictedPods(judged: Judged): ValidatingPolicy {
  return podPolicy("restricted-pods", judged, [...waysToTheNode, ...rightsOfRoot]);
}

const waysToTheNode: readonly Validation[] = [
  {
    expression: ["hostNetwork", "hostPID", "hostIPC"]
      .map((field) => `(!has(variables.pod.${field}) || !variables.pod.${field})`)
      .join(" && "),
    message: "hostNetwork, hostPID and hostIPC lead out of the pod: leave them out",
  },
  {
    expression: "!has(variables.pod.volumes) || variables.pod.volumes.all(volume, !has(volume.hostPath))",
    message: "a hostPath volume leads to the node's files: use a volume of another kind",
  },
  {
    expression:
      "variables.containers.all(container, !has(container.ports) || container.ports.all(port, !has(port.hostPort) || port.hostPort == 0))",
    message: "a hostPort opens a port of the node: use a service",
  },
];

/** What a container's own context says goes over what the pod's says. */
const rightsOfRoot: readonly Validation[] = [
  ofContexts("!has(context.privileged) || !context.privileged", "privileged containers own the node: leave privileged out"),
  ofContexts(
    "has(context.allowPrivilegeEscalation) && !context.allowPrivilegeEscalation",
    "every container must set securityContext.allowPrivilegeEscalation to false",
  ),
  ofContexts(
    "has(context.runAsNonRoot) ? context.runAsNonRoot : has(variables.podContext.runAsNonRoot) && variables.podContext.runAsNonRoot",
    "securityContext.runAsNonRoot must be true, for the pod or for every container, and false for none",
  ),
  {
    expression:
      "(!has(variables.podContext.runAsUser) || variables.podContext.runAsUser != 0) && " +
      "variables.contexts.all(context, !has(context.runAsUser) || context.runAsUser != 0)",
    message: "securityContext.runAsUser must not be 0: name another user, or none",
  },
  ofContexts(
    `has(context.seccompProfile) ? ${confined("context")} : has(variables.podContext.seccompProfile) && ${confined("variables.podContext")}`,
    "securityContext.seccompProfile.type must be RuntimeDefault or Localhost, for the pod or for every container",
  ),
  ofContexts(
    "has(context.capabilities) && has(context.capabilities.drop) && 'ALL' in context.capabilities.drop",
    "every container must drop ALL capabilities",
  ),
  ofContexts(
    "!has(context.capabilities) || !has(context.capabilities.add) || context.capabilities.add.all(added, added == 'NET_BIND_SERVICE')",
    "no container may add a capability but NET_BIND_SERVICE",
  ),
];

function ofContexts(expression: string, message: string): Validation {
  return { expression: `variables.contexts.all(context, ${expression})`, message };
}

function confined(owner: string): string {
  return `${owner}.seccompProfile.type in ['RuntimeDefault', 'Localhost']`;
}
