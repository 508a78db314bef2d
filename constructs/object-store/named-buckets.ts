import type { IConstruct } from "constructs";
import { ConfigurationError } from "../shared/errors";
import type { IBucket } from "./object-store";

/** Buckets of a store by what they are for. */
export class NamedBuckets<Bucket extends IBucket> {
  private readonly byName = new Map<string, Bucket>();

  constructor(private readonly store: IConstruct) {}

  /** @throws ConfigurationError when the name is taken: another bucket of that name would be the same one */
  add(name: string, create: () => Bucket): Bucket {
    if (this.byName.has(name)) this.refuseName(name, `none of ${this.names()}, which are taken`, "choose another name");
    const bucket = create();
    this.byName.set(name, bucket);
    return bucket;
  }

  /** @throws ConfigurationError when there is none */
  get(name: string): Bucket {
    const bucket = this.byName.get(name);
    return bucket ?? this.refuseName(name, `one of ${this.names()}`, "add it to the environment's objectStore.buckets");
  }

  all(): readonly Bucket[] {
    return [...this.byName.values()];
  }

  private names(): string {
    return [...this.byName.keys()].join(", ");
  }

  private refuseName(name: string, limit: string, fix: string): never {
    throw new ConfigurationError([{ path: this.store.node.path, field: "bucket", value: name, limit, fix }]);
  }
}
