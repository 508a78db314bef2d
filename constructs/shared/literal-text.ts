/** Text that Terraform reads nothing into: whoever writes `${NAME}` means a variable of their own. */
export function literalText(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** Texts by name, in none of which Terraform reads anything. */
export function literalTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literalText(text)]));
}
