import { block, blocks, text, texts, textsByKey } from "./fields";

export type Labels = Readonly<Record<string, string>>;

/** Whether something with labels is meant. */
export type Selector = (labels: Labels) => boolean;

/** A label selector of Kubernetes. An empty one means everything. */
export function selectorOf(selector: unknown): Selector {
  const { match_labels, match_expressions } = block(selector);
  const equal = Object.entries(textsByKey(match_labels));
  const expressions = blocks(match_expressions).map(({ key, operator, values }) => expression(text(key), text(operator), texts(values)));
  return (labels) => equal.every(([key, value]) => labels[key] === value) && expressions.every((meets) => meets(labels));
}

function expression(key: string, operator: string, values: readonly string[]): Selector {
  switch (operator) {
    case "In":
      return ({ [key]: label }) => label !== undefined && values.includes(label);
    case "NotIn":
      return ({ [key]: label }) => label === undefined || !values.includes(label);
    case "Exists":
      return ({ [key]: label }) => label !== undefined;
    case "DoesNotExist":
      return ({ [key]: label }) => label === undefined;
    default:
      throw new Error(`${operator} is no operator of a selector`);
  }
}
