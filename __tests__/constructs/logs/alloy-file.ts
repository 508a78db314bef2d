/** A block of Alloy's language as it was read. */
export interface ReadBlock {
  readonly name: string;
  readonly label: string;
  /** Values as they are written. */
  readonly values: Readonly<Record<string, string>>;
  readonly blocks: readonly ReadBlock[];
}

type Token = string;

/** Strings, numbers, names with dots, and single characters; everything else is no token, and fails. */
const token = /\s+|("(?:[^"\\]|\\["\\nt])*")|(-?\d+)|([A-Za-z_][\w.]*)|([{}[\]()=,+\n])/y;

/** Reads a file of Alloy's language, as much of it as ours have; fails where it is none (Alloy documentation, "Configuration syntax"). */
export function readAlloy(text: string): readonly ReadBlock[] {
  const tokens = tokensOf(text);
  const { blocks, values } = body(tokens, undefined);
  if (Object.keys(values).length > 0) throw new Error(`values outside of blocks: ${Object.keys(values).join(", ")}`);
  return blocks;
}

/** Names of exports that values refer to, e.g. `loki.write.loki.receiver`: names with dots outside of strings that are not called. */
export function referencesIn(block: ReadBlock): readonly string[] {
  const own = Object.values(block.values).flatMap(
    (value) => value.replace(/"(?:[^"\\]|\\.)*"/g, "").match(/[a-z_]+(?:\.\w+)+\b(?!\s*\()/g) ?? [],
  );
  return [...own, ...block.blocks.flatMap(referencesIn)];
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new Error(`no token at "${text.slice(at, at + 20)}"`);
    const [whole, ...kinds] = found;
    if (kinds.some((kind) => kind !== undefined)) tokens.push(whole);
    else if (whole.includes("\n")) tokens.push("\n");
  }
  return tokens;
}

function body(tokens: Token[], end: Token | undefined): Pick<ReadBlock, "values" | "blocks"> {
  const values: Record<string, string> = {};
  const blocks: ReadBlock[] = [];
  for (;;) {
    while (tokens[0] === "\n") tokens.shift();
    const name = tokens.shift();
    if (name === end) return { values, blocks };
    if (name === undefined || !/^[A-Za-z_]/.test(name)) throw new Error(`a name was expected, not ${JSON.stringify(name)}`);
    if (tokens[0] === "=") {
      if (name in values || name.includes(".")) throw new Error(`${name} cannot be given, or is twice`);
      tokens.shift();
      values[name] = value(tokens);
    } else {
      const label = tokens[0]?.startsWith('"') ? tokens.shift() : "";
      if (tokens.shift() !== "{") throw new Error(`${name} is neither a value nor a block`);
      blocks.push({ name, label: label?.slice(1, -1) ?? "", ...body(tokens, "}") });
    }
  }
}

const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/** Everything up to the end of the line, brackets closed in between. */
function value(tokens: Token[]): string {
  const open: string[] = [];
  const read: string[] = [];
  for (;;) {
    const next = tokens.shift();
    if (next === undefined) throw new Error(`a value has no end: ${read.join(" ")}`);
    const close = closing[next];
    if (next === "\n" && open.length === 0) {
      if (read.length === 0) throw new Error("a value is missing");
      return read.join(" ");
    }
    if (close !== undefined) open.push(close);
    else if (Object.values(closing).includes(next) && open.pop() !== next) throw new Error(`${next} closes nothing`);
    if (next !== "\n") read.push(next);
  }
}
