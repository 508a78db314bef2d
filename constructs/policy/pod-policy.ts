import { controllerRules, podRules, scopeOf, type Judged } from "./policy-scope";
import type { Validation, ValidatingPolicy } from "./validating-policy";

/**
 * A policy for pods, and for what makes them.
 *
 * Expressions use what Kubernetes' CEL and the library of the tests have in common; no optional types (`?.`) for one.
 * They see `variables.pod`, the pod's spec; `variables.containers`, all of them; `variables.workers`, those that are not
 * ephemeral; `variables.images`, those of volumes included; `variables.podContext` and `variables.contexts`, the
 * security contexts of the pod and of all containers, empty where there is none.
 */
export function podPolicy(name: string, judged: Judged, validations: readonly Validation[]): ValidatingPolicy {
  return {
    apiVersion: "policies.kyverno.io/v1",
    kind: "ValidatingPolicy",
    metadata: { name },
    spec: {
      ...scopeOf(judged, [...podRules, ...controllerRules]),
      variables: [
        {
          name: "pod",
          expression:
            "object.kind == 'Pod' ? object.spec : " +
            "object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec",
        },
        { name: "workers", expression: `variables.pod.containers + ${listOf("variables.pod", "initContainers")}` },
        { name: "containers", expression: `variables.workers + ${listOf("variables.pod", "ephemeralContainers")}` },
        { name: "podContext", expression: contextOf("variables.pod") },
        { name: "contexts", expression: `variables.containers.map(container, ${contextOf("container")})` },
        { name: "images", expression: imagesOf("variables.pod", "variables.containers") },
      ],
      validations,
    },
  };
}

/** A list that may be missing, in CEL. */
export function listOf(owner: string, field: string): string {
  return `(has(${owner}.${field}) ? ${owner}.${field} : [])`;
}

function contextOf(owner: string): string {
  return `has(${owner}.securityContext) ? ${owner}.securityContext : {}`;
}

/** Images of containers and of volumes, in CEL. One that is left out is empty text, which nothing trusts. */
export function imagesOf(pod: string, containers: string): string {
  const ofContainers = `${containers}.map(container, has(container.image) ? container.image : '')`;
  const volumes = `${listOf(pod, "volumes")}.filter(volume, has(volume.image))`;
  return `${ofContainers} + ${volumes}.map(volume, has(volume.image.reference) ? volume.image.reference : '')`;
}
