import { isValues, type Values } from "../protocol/values";

/** A value of a resource type that two plans of the same stack both have. */
export interface ComparedValue {
  readonly type: string;
  /** Dotted path, blocks and lists without an index. */
  readonly attribute: string;
  /** The plan that knows it where the other one says "known after apply". @default they agree */
  readonly knownOnlyIn?: "real" | "simulated";
}

/** When a value is known: in the plan already, or after the apply. */
type Moment = "planned" | "applied";

/** What is known of a resource in a plan, by dotted path. A list's elements may differ, so a path may have both. */
type Knowledge = ReadonlyMap<string, ReadonlySet<Moment>>;

/**
 * Compares what the real and the simulated plan of a stack know. Values are not compared, and what only one of the two has is nothing to
 * compare: the versions of their schemas differ.
 * @param real as `show -json` prints a plan
 * @param source the provider whose resources are compared
 * @returns each path of each type once, twice where resources of one type differ in different ways
 */
export function comparePlans(real: string, simulated: string, source: string): readonly ComparedValue[] {
  const others = plannedResources(simulated, source);
  const compared = new Map<string, ComparedValue>();
  for (const [address, { type, knowledge }] of plannedResources(real, source)) {
    const other = others.get(address)?.knowledge ?? new Map<string, ReadonlySet<Moment>>();
    for (const [attribute, moments] of knowledge) {
      const otherMoments = other.get(attribute);
      if (otherMoments === undefined) continue;
      const knownOnlyIn = knownOnly(moments, otherMoments);
      compared.set(`${type}.${attribute} ${knownOnlyIn}`, { type, attribute, ...(knownOnlyIn ? { knownOnlyIn } : {}) });
    }
  }
  return [...compared.values()];
}

function knownOnly(real: ReadonlySet<Moment>, simulated: ReadonlySet<Moment>): ComparedValue["knownOnlyIn"] {
  if (simulated.has("applied") && !real.has("applied")) return "real";
  if (real.has("applied") && !simulated.has("applied")) return "simulated";
  if (real.size === simulated.size) return undefined;
  return real.has("planned") ? "real" : "simulated";
}

/** What a plan knows of a provider's resources, by address. */
function plannedResources(json: string, source: string): ReadonlyMap<string, { readonly type: string; readonly knowledge: Knowledge }> {
  const plan: unknown = JSON.parse(json);
  const changes = isValues(plan) && Array.isArray(plan.resource_changes) ? plan.resource_changes.filter(isValues) : [];
  return new Map(
    changes
      .filter(({ mode, provider_name }) => mode === "managed" && provider_name === source)
      .map(({ address, type, change }) => [
        String(address),
        { type: String(type), knowledge: knowledgeOf(isValues(change) ? change : {}) },
      ]),
  );
}

function knowledgeOf({ after, after_unknown }: Values): Knowledge {
  const knowledge = new Map<string, Set<Moment>>();
  const visit = (value: unknown, unknown: unknown, path: string) => {
    const [values, unknowns] = [elementsOf(value), elementsOf(unknown)];
    if (path !== "") {
      // A list of texts is known when all of them are: some providers leave it open as a whole, others one by one.
      const open = unknown === true || (Array.isArray(unknown) && unknown.includes(true));
      knowledge.set(path, (knowledge.get(path) ?? new Set()).add(open ? "applied" : "planned"));
    }
    for (const name of new Set([...Object.keys(values), ...Object.keys(unknowns)])) {
      if (!Array.isArray(value ?? unknown)) visit(values[name], unknowns[name], path === "" ? name : `${path}.${name}`);
      else if (isValues(values[name])) visit(values[name], unknowns[name], path);
    }
  };
  visit(after, after_unknown, "");
  return knowledge;
}

/** What is in an object, or in a list by its index; nothing in anything else. */
function elementsOf(value: unknown): Values {
  if (Array.isArray(value)) return { ...(value as readonly unknown[]) };
  return isValues(value) ? value : {};
}
