import type { ComparedValue } from "./planned-knowledge";

/** Attributes that only one of two plans knows, and why that is to be. */
export interface KnowledgeDifference {
  readonly knownOnlyIn: string;
  readonly reason: string;
  /** `<resource type>.<dotted path>`, blocks without an index. */
  readonly attributes: readonly string[];
}

/** The committed lists of `known-after-apply.json`, by the provider's source and its version. */
export type KnowledgeLists = Readonly<Record<string, Readonly<Record<string, readonly KnowledgeDifference[]>>>>;

const file = "rehearsal/real-providers/known-after-apply.json";

/**
 * Differences between a real and a simulated plan that the list does not have. Each says what to do.
 * @param provider source and version, e.g. `registry.terraform.io/hashicorp/aws 5.100.0`
 */
export function newDifferences(
  compared: readonly ComparedValue[],
  list: readonly KnowledgeDifference[],
  provider: string,
): readonly string[] {
  const unlisted = compared.filter(({ knownOnlyIn, ...one }) => knownOnlyIn && !list.some(has(nameOf(one), knownOnlyIn)));
  return unlisted.map((one) =>
    one.knownOnlyIn === "real"
      ? `${nameOf(one)} is known in a plan of ${provider}, but only after the apply in a simulated one; ` +
        `add it to what is planned in rehearsal/simulation/values, or to ${file} with the reason`
      : `${nameOf(one)} is known only after the apply in a plan of ${provider}, but at once in a simulated one; ` +
        `take it out of what is planned in rehearsal/simulation/values, or add it to ${file} with the reason`,
  );
}

/** Entries of the list that were compared and are no difference any more. What was not compared is left alone. */
export function staleDifferences(
  compared: readonly ComparedValue[],
  list: readonly KnowledgeDifference[],
  provider: string,
): readonly string[] {
  return list.flatMap(({ knownOnlyIn, attributes }) =>
    attributes
      .filter((attribute) => {
        const its = compared.filter((one) => nameOf(one) === attribute);
        return its.length > 0 && !its.some((one) => one.knownOnlyIn === knownOnlyIn);
      })
      .map(
        (attribute) =>
          `${attribute} is listed for ${provider} as known only in the ${knownOnlyIn} plan, but the plans do not differ so; remove it from ${file}`,
      ),
  );
}

function has(attribute: string, side: string): (difference: KnowledgeDifference) => boolean {
  return ({ knownOnlyIn, attributes }) => knownOnlyIn === side && attributes.includes(attribute);
}

function nameOf({ type, attribute }: Pick<ComparedValue, "type" | "attribute">): string {
  return `${type}.${attribute}`;
}
