import { bytesOf, millicoresOf } from "../namespaces/quantity";
import type { Footprint } from "../shared/footprint";
import type { PodResources } from "../shared/pod-resources";
import type { DatabaseIntent } from "./database";

/** A server is as big as a large operator of the platform, or several times that. */
const multiples: Readonly<Record<DatabaseIntent["size"], number>> = { small: 1, medium: 2, large: 4 };

const mib = 2 ** 20;

/** Resources of each instance. */
export function instanceResources(footprint: Footprint, size: DatabaseIntent["size"]): PodResources {
  const { requests, limits } = footprint.resources("large");
  const times = multiples[size];
  const memory = (quantity: string) => `${(bytesOf(quantity) * times) / mib}Mi`;
  return {
    requests: { cpu: `${millicoresOf(requests.cpu) * times}m`, memory: memory(requests.memory) },
    limits: { memory: memory(limits.memory) },
  };
}

/** A quarter of the memory, in MiB: what PostgreSQL's documentation takes as a start (19.4, `shared_buffers`). */
export function sharedBuffersMib({ limits }: PodResources): number {
  return Math.floor(bytesOf(limits.memory) / mib / 4);
}
