import { Testing, TerraformStack } from "cdktf";
import { tmpdir } from "node:os";
import { catalogFor, type Layer } from "../constructs/catalog";
import type { Environment } from "../environments/environment";
import type { Arguments, TerraformJson } from "../operations/terraform-json";

/** A resource with its address. */
export interface SynthesizedResource {
  readonly type: string;
  readonly name: string;
  readonly values: Arguments;
}

/** What was synthesized for one stack, for assertions. */
export class SynthesizedStack {
  constructor(readonly json: TerraformJson) {}

  get resources(): readonly SynthesizedResource[] {
    return Object.entries(this.json.resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, values]) => ({ type, name, values })),
    );
  }

  /** Types of the resources, sorted, one entry for each resource. */
  get inventory(): readonly string[] {
    return this.resources.map(({ type }) => type).sort();
  }

  get backend(): Arguments {
    return only(Object.values(this.json.terraform.backend), "backend");
  }

  /** Names of the configured providers. */
  get providers(): readonly string[] {
    return Object.keys(this.json.provider ?? {});
  }

  /** Every resource of a type whose name starts with `prefix`. */
  all(type: string, prefix = ""): readonly Arguments[] {
    return this.resources.filter((resource) => resource.type === type && resource.name.startsWith(prefix)).map(({ values }) => values);
  }

  /** The resource of a type whose name starts with `prefix`; fails when it is not exactly one. */
  one(type: string, prefix = ""): Arguments {
    return only(this.all(type, prefix), `${type}.${prefix}`);
  }

  /** Reference to the resource that {@link one} finds. */
  address(type: string, prefix = ""): string {
    const found = this.resources.filter((resource) => resource.type === type && resource.name.startsWith(prefix));
    return `${type}.${only(found, `${type}.${prefix}`).name}`;
  }
}

/** Synthesizes a stack of a layer, validations included, with the backend and the providers of the environment's catalog. */
export function synthesizedStack(environment: Environment, layer: Layer, build: (stack: TerraformStack) => void): SynthesizedStack {
  // Nothing is written: the folder has to exist, that is all.
  const stack = new TerraformStack(Testing.app({ outdir: tmpdir() }), `${environment.name}-${layer}`);
  catalogFor(environment).prepare(stack, layer);
  build(stack);
  return new SynthesizedStack(JSON.parse(Testing.synth(stack, true)) as TerraformJson);
}

/** A statement of an IAM policy, with its lists as they are written. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements of a policy that is literal JSON; fails when it is not. */
export function statementsOf(policy: unknown): readonly Statement[] {
  if (typeof policy !== "string") throw new Error(`policy is ${JSON.stringify(policy)}, not text`);
  return (JSON.parse(policy) as { Statement: readonly Statement[] }).Statement;
}

/** The statement with a Sid; fails when there is none. */
export function statement(policy: unknown, sid: string): Statement {
  return only(
    statementsOf(policy).filter((candidate) => candidate.Sid === sid),
    `statement ${sid}`,
  );
}

/** The only element of a list; fails when there are more or none. */
export function only<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} found for ${what}, expected 1`);
  return first;
}
