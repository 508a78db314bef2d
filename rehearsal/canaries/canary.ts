/** A secret that a simulated provider has made up: unlike anything that somebody would write, so that it can be found wherever it went. */
export interface Canary {
  /** What to look for. */
  readonly text: string;
  /** Stack that owns the secret. */
  readonly stack: string;
  readonly type: string;
  /** Key of the resource in its provider; a data source's is none that a state has. */
  readonly key: string;
  /** Dotted path, blocks without an index. */
  readonly attribute: string;
}

/**
 * Form of a canary in a secret: 18 letters and digits, which neither JSON nor a URL escapes.
 * @param digits 12 hexadecimal digits, different for each secret
 */
export function canaryText(digits: string): string {
  return `canary${digits}`;
}

/** Length of {@link canaryText}. */
export const canaryLength = 18;

/** Shorter texts are in others by chance. */
const fewestCharacters = 8;

/**
 * What to look for to find a secret: the canary in it, else, where there was no place for one, the secret itself.
 * @param secret a text; of a list or a map each text in it
 * @returns nothing for a secret that is too short to be told from other text
 */
export function canariesIn(secret: unknown): readonly string[] {
  if (typeof secret === "object" && secret !== null) return Object.values(secret).flatMap(canariesIn);
  if (typeof secret !== "string") return [];
  const text = /canary[0-9a-f]{12}/.exec(secret)?.[0] ?? secret;
  return text.length < fewestCharacters ? [] : [text];
}
