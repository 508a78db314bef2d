import { distance } from "fastest-levenshtein";

/** `did you mean x?`, where something close is known, whatever the case of its letters. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  // A third of the letters: near enough for a typo, too far for another word. In a word of two letters all is changed.
  const mostChanges = Math.min(Math.max(2, Math.floor(word.length / 3)), word.length - 1);
  const candidates = known
    .map((candidate) => ({ candidate, changes: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ changes }) => changes <= mostChanges)
    .sort((one, other) => one.changes - other.changes);
  return candidates[0] && `did you mean ${candidates[0].candidate}?`;
}
