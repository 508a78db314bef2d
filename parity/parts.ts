import type { Arguments, TerraformJson } from "../operations/terraform-json";
import { Place } from "./place";

/** A resource of an environment. */
export interface Part {
  readonly type: string;
  readonly name: string;
  /** Path of its construct, e.g. `prod-data/Database/Resource`. */
  readonly constructPath: string;
  readonly place: Place;
}

/** Resources of an environment, all or those of a capability. */
export class Parts {
  private byAddress: ReadonlyMap<string, Place> | undefined;

  constructor(private readonly parts: readonly Part[]) {}

  /** Every resource. */
  places(): readonly Place[] {
    return this.parts.map(({ place }) => place);
  }

  /** Those below constructs. The construct path is the contract of a resource: an address would tell the same less clearly. */
  below(paths: readonly string[]): Parts {
    return new Parts(
      this.parts.filter(({ constructPath }) => paths.some((path) => constructPath === path || constructPath.startsWith(`${path}/`))),
    );
  }

  /** Those that are in no construct of an id. */
  without(id: string): Parts {
    return new Parts(this.parts.filter(({ constructPath }) => !constructPath.split("/").includes(id)));
  }

  /** Resources of a type that are, or are made by, a construct of an id. */
  named(type: string, id: string): readonly Place[] {
    return this.parts
      .filter((part) => part.type === type && part.constructPath.replace(/\/Resource$/, "").endsWith(`/${id}`))
      .map(({ place }) => place);
  }

  /** Resources of a type by the paths of their constructs. */
  matching(type: string, path: RegExp): readonly Place[] {
    return this.parts.filter((part) => part.type === type && path.test(part.constructPath)).map(({ place }) => place);
  }

  /** Every resource of a type. */
  all(type: string): readonly Place[] {
    return this.parts.filter((part) => part.type === type).map(({ place }) => place);
  }

  /** The resource that a reference such as `${aws_kms_key.Key_1.arn}` is about; undefined when it is not among these. */
  referred(reference: unknown): Place | undefined {
    const [, type, name] = /^\$\{([a-z]\w*)\.([\w-]+)\./.exec(String(reference)) ?? [];
    this.byAddress ??= new Map(this.parts.map((part) => [`${part.type}.${part.name}`, part.place]));
    return this.byAddress.get(`${type}.${name}`);
  }

  /** The resource that a place refers to; nothing is there where it refers to none of these. */
  follow(reference: Place): Place {
    return this.referred(reference.value) ?? reference.at("refers to nothing");
  }

  /** Resources of a type that refer to another one at a place of theirs, as buckets' settings do. */
  of(type: string, keys: readonly (string | number)[], owner: Place): readonly Place[] {
    return this.all(type).filter((place) => this.referred(place.at(...keys).value)?.path === owner.path);
  }

  /** Custom resources of a kind, from the values of their releases. */
  manifests(kind: string): readonly Place[] {
    return this.values()
      .flatMap((values) => values.at("manifests").items())
      .filter((manifest) => manifest.at("kind").value === kind);
  }

  /** Values of the releases. */
  values(): readonly Place[] {
    return this.all("helm_release")
      .filter((release) => typeof release.at("values", 0).value === "string")
      .map((release) => release.at("values", 0).as("yaml"));
  }

  /** Values of the releases of a chart. */
  chart(name: string): readonly Place[] {
    return this.all("helm_release")
      .filter((release) => release.at("chart").value === name)
      .map((release) => release.at("values", 0).as("yaml"));
  }
}

/** The resources of a stack. */
export function partsOf(stack: string, json: TerraformJson): readonly Part[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, values]) => ({
      type,
      name,
      constructPath: constructPath(stack, `${type}.${name}`, values),
      place: new Place(stack, ["resource", type, name], values),
    })),
  );
}

function constructPath(stack: string, address: string, values: Arguments): string {
  const { metadata } = (values["//"] ?? {}) as { readonly metadata?: { readonly path?: string } };
  if (metadata?.path === undefined) throw new Error(`${stack}: ${address} has no construct path in its JSON`);
  return metadata.path;
}
