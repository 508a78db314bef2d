import { isValues } from "../protocol/values";
import type { BlockSchema } from "../schemas/provider-schema";
import type { Canary } from "./canary";
import type { CanarySearch } from "./canary-search";
import type { DocumentPart } from "./document-parts";
import { mayHoldSecret } from "./secret-attributes";

/** What is looked through. */
export type Source = "what ships" | "state" | "plan" | "provider" | "output of the engine";

/** A canary where no secret may be. */
export interface Misplaced {
  readonly canary: Canary;
  readonly source: Source;
  /** Where in the source, in words: an address and what is in it, a file, a step. */
  readonly place: string;
}

/** Whose documents are looked through, and with what. */
export interface SearchedStack {
  readonly stack: string;
  readonly search: CanarySearch;
  /** Schemas of the stack's types, data sources as `data.<type>`; a type that is not there has no place for a secret. */
  readonly blocks: ReadonlyMap<string, BlockSchema>;
}

/** Canaries in parts of a document that may not be there: only a stack's own, and only where its engine hides them, may be. */
export function misplacedIn(source: Source, parts: readonly DocumentPart[], searched: SearchedStack): readonly Misplaced[] {
  const { stack, search, blocks } = searched;
  return parts.flatMap(({ place, value, type = "", sensitive = false }) => {
    // Most parts have none: one look at all of it is quicker than one at every leaf.
    if (value === undefined || search.find(JSON.stringify(value)).length === 0) return [];
    const block = blocks.get(type);
    return [...leaves(value, [])].flatMap(({ path, text }) =>
      search
        .find(text)
        .filter((canary) => !(canary.stack === stack && (sensitive || (block && mayHoldSecret(type, block, path)))))
        .map((canary) => ({ canary, source, place: [place, path.join(".")].join(" ").trim() })),
    );
  });
}

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** All texts in a value; names in objects, too, for a secret may have become one. */
function* leaves(value: unknown, path: Leaf["path"]): Generator<Leaf> {
  if (typeof value === "string") yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* leaves(item, [...path, index]);
  else if (isValues(value)) {
    for (const [name, item] of Object.entries(value)) {
      yield { path, text: name };
      yield* leaves(item, [...path, name]);
    }
  }
}
