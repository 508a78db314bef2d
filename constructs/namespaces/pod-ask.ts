import type { PodResources } from "../shared/pod-resources";
import { bytesOf, millicoresOf } from "./quantity";

/** What one kind of pods asks of a namespace. */
export interface PodAsk {
  readonly replicas: number;
  readonly resources: PodResources;
}

/** What a namespace may ask of the cluster. */
export interface Quota {
  /** Thousandths of a core. */
  readonly cpuMillicores: number;
  readonly memoryMib: number;
  readonly pods: number;
}

const mib = 2 ** 20;

/** The sum of what pods ask for. */
export function sumOf(asks: readonly PodAsk[]): Quota {
  return {
    cpuMillicores: total(asks, ({ requests }) => millicoresOf(requests.cpu)),
    memoryMib: Math.ceil(total(asks, ({ requests }) => bytesOf(requests.memory)) / mib),
    pods: asks.reduce((sum, { replicas }) => sum + replicas, 0),
  };
}

function total(asks: readonly PodAsk[], of: (resources: PodResources) => number): number {
  return asks.reduce((sum, { replicas, resources }) => sum + replicas * of(resources), 0);
}
