import { parser } from "@grafana/lezer-logql";

/** Where an expression of LogQL stops to be one: the text from there on, at most 40 characters; undefined when it parses. */
export function logqlProblem(expression: string): string | undefined {
  let wrong: number | undefined;
  parser.parse(expression).iterate({
    enter: ({ from, type }) => {
      if (type.isError) wrong ??= from;
    },
  });
  if (wrong === undefined) return undefined;
  return expression.slice(wrong, wrong + 40) || "its end";
}

/** What to do about an expression that no alert can be made of; undefined when nothing is. */
export function alertProblem(expression: string): string | undefined {
  const wrong = logqlProblem(expression);
  if (wrong !== undefined) return `it does not parse at "${wrong}"`;
  const measures = parser.parse(expression).topNode.getChild("Expr")?.getChild("MetricExpr");
  return measures ? undefined : "count the lines: it yields lines, no numbers";
}

/** What is wrong with a selector of streams, such as `{namespace="search"}`, in words that follow "it"; undefined when Loki takes it. */
export function selectorProblem(selector: string): string | undefined {
  const wrong = logqlProblem(selector);
  if (wrong !== undefined) return `does not parse at "${wrong}"`;
  const matchers: string[] = [];
  let isSelector = false;
  parser.parse(selector).iterate({
    enter: ({ from, name, to }) => {
      if (name === "Selector" && from === 0 && to === selector.length) isSelector = true;
      if (name === "Matcher") matchers.push(selector.slice(from, to));
    },
  });
  if (!isSelector) return "is more than a selector";
  return matchers.some(narrows) ? undefined : "fits every stream";
}

/** Labels that a selector asks for. */
export function labelsIn(selector: string): readonly string[] {
  const labels: string[] = [];
  parser.parse(selector).iterate({
    enter: ({ from, name, node, to }) => {
      if (name === "Identifier" && node.parent?.name === "Matcher") labels.push(selector.slice(from, to));
    },
  });
  return labels;
}

/** Whether a matcher asks for something: Loki refuses a selector none of whose labels has to be there. */
function narrows(matcher: string): boolean {
  const [, operator, value = ""] = /^\w+\s*(=~|=|!=|!~)\s*["`](.*)["`]$/.exec(matcher) ?? [];
  return (operator === "=" && value !== "") || (operator === "=~" && !/^(\.\*)?$/.test(value));
}
