/**
 * Labels as PromQL selects by them, e.g. `{namespace="search"}`.
 * @param further matchers as they are written
 */
export function selector(labels: Readonly<Record<string, string>>, ...further: readonly string[]): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `{${[...matchers, ...further].join(",")}}`;
}
