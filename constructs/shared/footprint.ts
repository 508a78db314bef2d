import { bytesOf, millicoresOf } from "../namespaces/quantity";
import type { PodResources, WorkloadResources } from "./pod-resources";

/** How much an operator of the platform needs: a plain one, one that watches much, one that keeps much in memory. */
export type Size = "small" | "medium" | "large";

/** What workloads get of what they declare for production. */
export interface WorkloadFootprint {
  /** Pods that run all the time. */
  replicas(declared: number): number;
  /** Pods at most, when there is much to do. */
  most(declared: number): number;
  resources(declared: WorkloadResources): WorkloadResources;
}

/** How big the platform and its workloads are built in an environment: its catalog decides. */
export interface Footprint {
  /** Replicas of what shares its work or elects a leader. */
  readonly replicas: 1 | 2;
  /** Replicas of what every change in the cluster waits for, or what needs a majority. */
  readonly quorum: 1 | 3;
  resources(size: Size): PodResources;
  readonly workloads: WorkloadFootprint;
}

const resources: Readonly<Record<"minimal" | "regular", Readonly<Record<Size, PodResources>>>> = {
  minimal: { small: asks("10m", "32Mi", "128Mi"), medium: asks("25m", "96Mi", "384Mi"), large: asks("100m", "256Mi", "1Gi") },
  regular: { small: asks("50m", "64Mi", "256Mi"), medium: asks("100m", "256Mi", "512Mi"), large: asks("500m", "1Gi", "2Gi") },
};

/** As declared: what was measured for production. */
const declared: WorkloadFootprint = { replicas: (pods) => pods, most: (pods) => pods, resources: (given) => given };

/** One pod, and as many as in production when there is much to do. */
const single: WorkloadFootprint = { ...declared, replicas: (pods) => Math.min(pods, 1) };

/** One pod, two when there is much to do, that ask for next to nothing: a laptop has none of production's load, and may use what is idle. */
const minimal: WorkloadFootprint = {
  replicas: (pods) => Math.min(pods, 1),
  most: (pods) => Math.min(pods, 2),
  resources: ({ limits, requests: { cpu, memory } }) => ({
    requests: { cpu: millicoresOf(cpu) < 10 ? cpu : "10m", memory: bytesOf(memory) < bytesOf("16Mi") ? memory : "16Mi" },
    limits,
  }),
};

/** One replica of everything, with the smallest requests that work. */
export const minimalFootprint: Footprint = { replicas: 1, quorum: 1, resources: (size) => resources.minimal[size], workloads: minimal };

/** One replica of everything, for as much work as in production. */
export const singleFootprint: Footprint = { replicas: 1, quorum: 1, resources: (size) => resources.regular[size], workloads: single };

/** Enough replicas to lose a node or a zone unnoticed. */
export const highlyAvailableFootprint: Footprint = {
  replicas: 2,
  quorum: 3,
  resources: (size) => resources.regular[size],
  workloads: declared,
};

function asks(cpu: string, memory: string, memoryLimit: string): PodResources {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}
