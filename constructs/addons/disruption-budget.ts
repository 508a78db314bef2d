/** PodDisruptionBudget as most charts take it: while a node is drained all pods but one stay. One alone has none, or its node could never be. */
export function disruptionBudget(replicas: number) {
  return { enabled: replicas > 1, minAvailable: Math.max(1, replicas - 1) };
}
