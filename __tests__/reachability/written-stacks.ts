import { block, type Fields } from "./fields";

/** A resource as it was written. */
export interface Written {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  readonly values: Fields;
}

/** The only thing that is read: the `cdk.tf.json` of every stack of an environment, parsed, by the stacks' names. */
export class WrittenStacks {
  readonly resources: readonly Written[];
  private readonly byAddress: ReadonlyMap<string, Written>;

  constructor(private readonly stacks: Readonly<Record<string, unknown>>) {
    this.resources = Object.entries(stacks).flatMap(([stack, json]) =>
      Object.entries(block(block(json).resource)).flatMap(([type, named]) =>
        Object.entries(block(named)).map(([name, values]) => ({ stack, type, name, values: block(values) })),
      ),
    );
    this.byAddress = new Map(this.resources.map((each) => [addressOf(each), each]));
  }

  all(...types: readonly string[]): readonly Written[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The resource that a text like `${aws_subnet.A.id}` means, through outputs of other stacks, too. */
  target(stack: string, reference: unknown): { readonly resource: Written; readonly attribute: string } | undefined {
    const parts = typeof reference === "string" ? /^\$\{(?!data\.)(\w+)\.([\w-]+)\.(.+)\}$/.exec(reference) : null;
    const [, type = "", name = "", attribute = ""] = parts ?? [];
    const resource = this.byAddress.get(addressOf({ stack, type, name }));
    if (resource) return { resource, attribute };
    const crossing = typeof reference === "string" ? /^\$\{data\.terraform_remote_state\.([\w-]+)\.outputs\.(.+)\}$/.exec(reference) : null;
    const [, source = "", output = ""] = crossing ?? [];
    if (!crossing) return undefined;
    const other = source.replace("cross-stack-reference-input-", "");
    return this.target(other, block(block(block(this.stacks[other]).output)[output]).value);
  }

  /** A text, or the one that it refers to: `${kubernetes_namespace_v1.A.metadata[0].name}` is that namespace's name. */
  literal(stack: string, given: unknown): string {
    const found = this.target(stack, given);
    const value = found ? valueAt(found.resource.values, found.attribute) : given;
    if (typeof value === "string" && !value.includes("${")) return value;
    throw new Error(`${stack}: ${JSON.stringify(given)} is known only when it is there`);
  }
}

/** A resource's address, with its stack in front. */
export function addressOf({ stack, type, name }: Pick<Written, "stack" | "type" | "name">): string {
  return `${stack}/${type}.${name}`;
}

function valueAt(values: Fields, attribute: string): unknown {
  return attribute
    .replaceAll(/\[0\]/g, "")
    .split(".")
    .reduce<unknown>((at, key) => block(at)[key], values);
}
