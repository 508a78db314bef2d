/** One thing that is wrong with a configuration, told so that it can be mended without reading code. */
export interface Problem {
  /** Dotted path of the object that holds the value, e.g. `prod.cluster.nodeGroups.0`. */
  readonly path: string;
  /** Field of that object, e.g. `minNodes`. */
  readonly field: string;
  /** The value that was found. */
  readonly value: unknown;
  /** What the value has to be, worded to follow "must be". */
  readonly limit: string;
  /** What to change. */
  readonly fix: string;
}

/**
 * All problems of a configuration at once.
 * It is meant for people: whoever catches it at the top prints the message without a stack trace.
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(`${count} in the configuration:\n${problems.map((problem) => `  ${describe(problem)}`).join("\n")}`);
  }
}

/** `<path>: <field> is <value>, must be <limit>; <fix>` */
export function describe({ path, field, value, limit, fix }: Problem): string {
  return `${legible(path)}: ${legible(field) || '""'} is ${show(value)}, must be ${limit}; ${fix}`;
}

/** Throws when there is any problem. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/** Closes a switch over a union: the compiler calls out the member that has no case. */
export function assertNever(value: never): never {
  throw new Error(`no case for ${show(value)}`);
}

/** Longest text of a configuration that an error repeats in full, in characters; more would hide the rest of the line. */
const longestShown = 120;

function show(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "number") return String(value); // JSON has no NaN
  return legible(JSON.stringify(value) ?? String(value));
}

/** One line of printable ASCII: a look-alike letter is seen, and nothing that a file holds steers the terminal. */
function legible(text: string): string {
  const shown = text
    .slice(0, longestShown)
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return text.length > longestShown ? `${shown}... (${text.length} characters)` : shown;
}
