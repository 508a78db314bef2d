import type { Arguments } from "../../operations/terraform-json";
import { blocksOf, isBlock, resourcesOf, type Rule } from "./rule";

/**
 * Every pod passes the Pod Security Standard `restricted`, names its image's version and what it needs, whatever starts it. checkov looks at
 * pods and deployments only, and of a pod with several containers at the first.
 */
export const restrictedPods: Rule = {
  demands: "pods run without rights that they do not need, whatever kind of resource starts them",
  problems: (stacks) =>
    resourcesOf(stacks)
      .filter(({ type, address }) => type.startsWith("kubernetes_") && !nodeAgents.some((name) => address.includes(name)))
      .flatMap(({ address, values }) =>
        podsIn(values)
          .flatMap(podProblems)
          .map((problem) => `${address}: ${problem}`),
      ),
};

/** What runs on nodes for the nodes, and needs their files: the plugin that tells the kubelet of GPUs speaks by a socket on the host. */
const nodeAgents = ["kubernetes_daemon_set_v1.DevicePlugin_"];

/** Kinds of volumes that the standard lets in, as Terraform writes them. */
const volumes = ["config_map", "csi", "downward_api", "empty_dir", "ephemeral", "persistent_volume_claim", "projected", "secret"];

/** Every specification of a pod, wherever it is: a kind that is new to us has its pods somewhere, too. */
function podsIn(value: unknown): readonly Arguments[] {
  if (Array.isArray(value)) return value.flatMap(podsIn);
  if (!isBlock(value)) return [];
  return "container" in value ? [value] : Object.values(value).flatMap(podsIn);
}

function podProblems(pod: Arguments): readonly string[] {
  const context = firstOf(pod.security_context);
  const containers = [...blocksOf(pod.container), ...blocksOf(pod.init_container)];
  return [
    ...["host_network", "host_pid", "host_ipc"].filter((name) => isYes(pod[name])).map((name) => `${name} is true, must be false`),
    ...(isRoot(context) ? [`run_as_user is 0, must be another`] : []),
    ...blocksOf(pod.volume).flatMap((volume) =>
      Object.keys(volume)
        .filter((kind) => kind !== "name" && !volumes.includes(kind))
        .map((kind) => `volume ${String(volume.name)} is ${kind}, must be one of ${volumes.join(", ")}`),
    ),
    ...containers.flatMap((container) =>
      containerProblems(container, context).map((problem) => `container ${String(container.name)}: ${problem}`),
    ),
  ];
}

function containerProblems(container: Arguments, pod: Arguments): readonly string[] {
  const own = firstOf(container.security_context);
  const { add, drop } = firstOf(own.capabilities);
  const { limits, requests } = firstOf(container.resources);
  const seccomp = firstOf(own.seccomp_profile ?? pod.seccomp_profile).type;
  const demanded: readonly (readonly [boolean, string])[] = [
    [isYes(own.run_as_non_root ?? pod.run_as_non_root), "run_as_non_root is not true"],
    [!isRoot(own), "run_as_user is 0, must be another"],
    [own.allow_privilege_escalation === false, "allow_privilege_escalation is not false"],
    [!isYes(own.privileged), "privileged is true, must be false"],
    [isYes(own.read_only_root_filesystem), "read_only_root_filesystem is not true"],
    [isList(drop) && drop.includes("ALL"), "capabilities do not drop ALL"],
    [add === undefined || (isList(add) && add.every((one) => one === "NET_BIND_SERVICE")), "capabilities are added"],
    [seccomp === "RuntimeDefault" || seccomp === "Localhost", "seccomp_profile is not RuntimeDefault"],
    [blocksOf(container.port).every(({ host_port }) => !host_port), "host_port is given, must be left out"],
    [isPinned(container.image), `image is ${String(container.image)}, must have a version or a digest`],
    [["cpu", "memory"].every((name) => firstOf(requests)[name] !== undefined), "requests do not say cpu and memory"],
    [firstOf(limits).memory !== undefined, "limits do not say memory"],
  ];
  return demanded.filter(([met]) => !met).map(([, problem]) => problem);
}

function firstOf(value: unknown): Arguments {
  return blocksOf(value)[0] ?? {};
}

/** The bindings write some booleans and numbers as texts. */
function isYes(value: unknown): boolean {
  return value === true || value === "true";
}

function isRoot({ run_as_user }: Arguments): boolean {
  return run_as_user !== undefined && Number(run_as_user) === 0;
}

function isPinned(image: unknown): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(String(image)) || /:(?!latest$)[\w.-]+$/.test(String(image));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
