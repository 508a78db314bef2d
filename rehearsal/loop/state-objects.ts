import { isValues } from "../protocol/values";
import type { StateObject } from "./drift";

/** A resource in a state, with the key by which its simulated provider knows it. */
export interface KeyedObject extends StateObject {
  readonly key: string;
}

/** The managed resources of a state, as `state pull` prints it; none for a state that was never written. */
export function stateObjects(json: string): readonly KeyedObject[] {
  const state: unknown = json.trim() === "" ? {} : JSON.parse(json);
  const resources = isValues(state) && Array.isArray(state.resources) ? state.resources.filter(isValues) : [];
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      (Array.isArray(instances) ? instances : []).filter(isValues).map((instance) => ({
        address: `${String(type)}.${String(name)}`,
        type: String(type),
        values: isValues(instance.attributes) ? instance.attributes : {},
        key: Buffer.from(String(instance.private ?? ""), "base64").toString(),
      })),
    );
}
