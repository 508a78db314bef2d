import type { Capability } from "./capability";
import { cache } from "./capabilities/cache";
import { database } from "./capabilities/database";
import { objectStore } from "./capabilities/object-store";
import { stateStore } from "./capabilities/state-store";

/** Everything that is judged, in the order of the report. */
export const capabilities: readonly Capability[] = [database, cache, objectStore, stateStore];
