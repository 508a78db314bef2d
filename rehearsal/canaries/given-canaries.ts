import type { Values } from "../protocol/values";
import type { BlockSchema } from "../schemas/provider-schema";
import type { Canary } from "./canary";
import { CanarySearch } from "./canary-search";
import { misplacedIn, type Misplaced } from "./misplaced-canaries";

/** Canaries that simulated providers have given out, and those that came back to one where no secret may be. */
export class GivenCanaries {
  private readonly given = new Map<string, Canary>();
  private readonly received: { readonly stack: string; readonly misplaced: Misplaced }[] = [];
  private search: CanarySearch | undefined;

  give(canary: Canary): void {
    if (this.given.has(canary.text)) return; // an update gives the same
    this.given.set(canary.text, canary);
    this.search = undefined;
  }

  get all(): readonly Canary[] {
    return [...this.given.values()];
  }

  /** Looks through the arguments of a resource; what is write-only is in them and in no state. */
  receive(stack: string, type: string, block: BlockSchema, config: Values): void {
    const search = (this.search ??= new CanarySearch(this.all));
    const parts = [{ place: [type, nameIn(config)].join(" ").trim(), type, value: config }];
    const found = misplacedIn("provider", parts, { stack, search, blocks: new Map([[type, block]]) });
    this.received.push(...found.map((misplaced) => ({ stack, misplaced })));
  }

  /** What a stack's providers were given. */
  receivedBy(stack: string): readonly Misplaced[] {
    return this.received.filter((one) => one.stack === stack).map(({ misplaced }) => misplaced);
  }
}

/** A provider knows no address; most things have a name. */
function nameIn({ name, metadata }: Values): string {
  const [first] = Array.isArray(metadata) ? (metadata as readonly (Values | undefined)[]) : [];
  const found = name ?? first?.name;
  return typeof found === "string" ? found : "";
}
