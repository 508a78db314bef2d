import type { Canary } from "./canary";

/** How often base64 may lie around a canary: once in a kubeconfig, once more where that was encoded. */
const deepest = 2;

/** Looks for canaries in texts: as they are, as JSON writes them, and in base64. */
export class CanarySearch {
  private readonly owners = new Map<string, Canary>();
  private readonly pattern: RegExp;

  constructor(canaries: readonly Canary[]) {
    for (const canary of canaries) for (const form of formsOf(canary.text)) this.owners.set(form, canary);
    this.pattern = new RegExp([...this.owners.keys()].map(escaped).join("|"), "g");
  }

  /** The canaries in a text, each once. */
  find(text: string): readonly Canary[] {
    if (this.owners.size === 0) return [];
    return [...new Set([...text.matchAll(this.pattern)].flatMap(([form]) => this.owners.get(form) ?? []))];
  }
}

/** A text as a regular expression for it. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "\\$&");
}

function formsOf(text: string, depth = deepest): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  // Engines are written in Go, whose JSON escapes what HTML would read.
  const ofGo = json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  const encoded = depth === 0 ? [] : inBase64(text).flatMap((form) => formsOf(form, depth - 1));
  return [...new Set([text, json, ofGo, ...encoded])];
}

/** What base64 makes of a text in the middle of another: it depends on how many bytes are before it. Without the characters that the neighbours have a part in. */
function inBase64(text: string): readonly string[] {
  const length = Buffer.byteLength(text);
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString("base64");
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + length) * 8) / 6));
  });
}
