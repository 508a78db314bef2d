import type { Capability } from "./capability";
import { cache } from "./capabilities/cache";
import { cluster } from "./capabilities/cluster";
import { database } from "./capabilities/database";
import { ingress } from "./capabilities/ingress";
import { objectStore } from "./capabilities/object-store";
import { observability } from "./capabilities/observability";
import { registry } from "./capabilities/registry";
import { secretStore } from "./capabilities/secret-store";
import { stateStore } from "./capabilities/state-store";

/** Everything that is judged, in the order of the report. */
export const capabilities: readonly Capability[] = [
  database,
  cache,
  objectStore,
  stateStore,
  registry,
  secretStore,
  cluster,
  ingress,
  observability,
];
