import { parser } from "@prometheus-io/lezer-promql";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** Every environment has the same rules: what is known of an expression is not asked twice. */
function onlyOnce<Answer>(ask: (expression: string) => Answer): (expression: string) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (expression) => {
    const found = known.get(expression) ?? { answer: ask(expression) };
    known.set(expression, found);
    return found.answer;
  };
}

/** Where an expression of PromQL stops to be one: the text from there on, at most 40 characters; undefined when it parses. */
export const promqlProblem = onlyOnce((expression): string | undefined => {
  let wrong: number | undefined;
  parser.parse(expression).iterate({
    enter: ({ from, type }) => {
      if (type.isError) wrong ??= from;
    },
  });
  if (wrong === undefined) return undefined;
  return expression.slice(wrong, wrong + 40) || "its end";
});

/**
 * Names of the metrics that an expression asks for, each once. A pattern of names counts for what it lists, `a|b`; one that lists nothing is
 * told as it is, for nobody has a metric of such a name.
 */
export function metricsOf(expression: string): readonly string[] {
  const names = new Set<string>();
  parser.parse(expression).iterate({
    enter: ({ from, name, node, to }) => {
      const text = expression.slice(from, to);
      if (name === "Identifier" && node.parent?.name === "VectorSelector") names.add(text);
      if (name === "QuotedLabelName" && node.parent?.name === "LabelMatchers") names.add(text.slice(1, -1));
      const [, , pattern, quoted = ""] = /^__name__\s*(=(~?))\s*["'`](.*)["'`]$/.exec(name === "UnquotedLabelMatcher" ? text : "") ?? [];
      for (const one of pattern ? quoted.split("|") : [quoted]) if (one !== "") names.add(one);
    },
  });
  return [...names];
}

/** How far an expression looks back, in seconds: its windows and offsets, one within the other added up. */
export const lookBackSeconds = onlyOnce((expression): number => lookBackOf(parser.parse(expression).topNode, expression));

function lookBackOf(node: SyntaxNode, expression: string): number {
  const children = childrenOf(node);
  const own = children.filter(({ name }) => name === "DurationExpr" || name === "OffsetDurationExpr").at(0);
  const further = Math.max(0, ...children.map((child) => lookBackOf(child, expression)));
  return further + (own === undefined ? 0 : secondsOf(expression.slice(own.from, own.to)));
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Seconds of each unit of PromQL; a number without one is seconds. */
const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** @param duration e.g. `1h30m`, `300`, or `-5m`, which looks ahead */
function secondsOf(duration: string): number {
  const sign = duration.trimStart().startsWith("-") ? -1 : 1;
  const parts = [...duration.matchAll(/([\d.]+)(ms|[smhdwy])?/g)];
  return sign * parts.reduce((sum, [, number, unit = "s"]) => sum + Number(number) * (units[unit] ?? 1), 0);
}
