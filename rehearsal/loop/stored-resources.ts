import { isValues, type Values } from "../protocol/values";

/** A resource as its state has it. */
export interface StoredResource {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}

/** A resource in a state, with the key by which its simulated provider knows it. */
export interface KeyedResource extends StoredResource {
  readonly key: string;
}

/** The managed resources of a state, as `state pull` prints it; none for a state that was never written. */
export function storedResources(json: string): readonly KeyedResource[] {
  const state: unknown = json.trim() === "" ? {} : JSON.parse(json);
  const resources = isValues(state) && Array.isArray(state.resources) ? state.resources.filter(isValues) : [];
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      (Array.isArray(instances) ? instances : []).filter(isValues).map((instance) => ({
        address: addressOf(type, name, instance.index_key),
        type: String(type),
        values: isValues(instance.attributes) ? instance.attributes : {},
        key: Buffer.from(String(instance.private ?? ""), "base64").toString(),
      })),
    );
}

/** E.g. `aws_vpc.Main`; for what `count` or `for_each` make `aws_vpc.Main[0]` or `aws_vpc.Main["a"]`. */
export function addressOf(type: unknown, name: unknown, index: unknown): string {
  return `${String(type)}.${String(name)}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`;
}
