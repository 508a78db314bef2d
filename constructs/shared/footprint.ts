import type { PodResources } from "./pod-resources";

/** How much an operator of the platform needs: a plain one, one that watches much, one that keeps much in memory. */
export type Size = "small" | "medium" | "large";

/** How big the platform is built in an environment: its catalog decides. */
export interface Footprint {
  /** Replicas of what shares its work or elects a leader. */
  readonly replicas: 1 | 2;
  /** Replicas of what every change in the cluster waits for, or what needs a majority. */
  readonly quorum: 1 | 3;
  resources(size: Size): PodResources;
}

const resources: Readonly<Record<"minimal" | "regular", Readonly<Record<Size, PodResources>>>> = {
  minimal: { small: asks("10m", "32Mi", "128Mi"), medium: asks("25m", "96Mi", "384Mi"), large: asks("100m", "256Mi", "1Gi") },
  regular: { small: asks("50m", "64Mi", "256Mi"), medium: asks("100m", "256Mi", "512Mi"), large: asks("500m", "1Gi", "2Gi") },
};

/** One replica of everything, with the smallest requests that work. */
export const minimalFootprint = footprint(1, 1, "minimal");

/** One replica of everything, for as much work as in production. */
export const singleFootprint = footprint(1, 1, "regular");

/** Enough replicas to lose a node or a zone unnoticed. */
export const highlyAvailableFootprint = footprint(2, 3, "regular");

function footprint(replicas: 1 | 2, quorum: 1 | 3, of: keyof typeof resources): Footprint {
  return { replicas, quorum, resources: (size) => resources[of][size] };
}

function asks(cpu: string, memory: string, memoryLimit: string): PodResources {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}
