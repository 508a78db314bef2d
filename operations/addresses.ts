/** Where the addresses of an environment's resources are committed, from the project's folder. */
export function addressFile(environment: string): string {
  return `__tests__/stacks/addresses/${environment}.txt`;
}

/** Addresses of a stack's resources, one line `<stack>: <type>.<name>` for each, sorted: what Terraform knows them by. */
export function addressLines(stack: string, json: { readonly resource?: Readonly<Record<string, object>> }): readonly string[] {
  return Object.entries(json.resource ?? {})
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${stack}: ${type}.${name}`))
    .sort();
}
