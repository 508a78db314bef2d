/** A series for each node: the label that says which one it is becomes `node`, all others go. */
export function byNode(expression: string, label: string): string {
  return `max by (node) (label_replace(${expression}, "node", "$1", "${label}", "(.+)"))`;
}
