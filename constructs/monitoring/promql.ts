import { parser } from "@prometheus-io/lezer-promql";

/** Where an expression of PromQL stops to be one: the text from there on, at most 40 characters; undefined when it parses. */
export function promqlProblem(expression: string): string | undefined {
  let wrong: number | undefined;
  parser.parse(expression).iterate({
    enter: ({ from, type }) => {
      if (type.isError) wrong ??= from;
    },
  });
  if (wrong === undefined) return undefined;
  return expression.slice(wrong, wrong + 40) || "its end";
}

/** Names of the metrics that an expression asks for, each once. */
export function metricsOf(expression: string): readonly string[] {
  const names = new Set<string>();
  parser.parse(expression).iterate({
    enter: ({ from, name, node, to }) => {
      if (name === "Identifier" && node.parent?.name === "VectorSelector") names.add(expression.slice(from, to));
    },
  });
  return [...names];
}
