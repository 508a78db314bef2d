import { parse } from "yaml";
import type { Arguments } from "../operations/terraform-json";
import { only, type SynthesizedStack } from "./synthesized";

/** A custom resource as it was synthesized. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Values of a release, as Helm reads them. */
export function valuesOf(release: Arguments): Readonly<Record<string, unknown>> {
  if (!Array.isArray(release.values)) throw new Error(`values are ${JSON.stringify(release.values)}, not a list`);
  return parse(String(only(release.values, "documents of values"))) as Readonly<Record<string, unknown>>;
}

/** Custom resources of all releases of a stack. */
export function manifestsOf(stack: SynthesizedStack): readonly Manifest[] {
  const given = stack.all("helm_release").filter(({ values }) => values !== undefined);
  return given.flatMap((release) => (valuesOf(release).manifests ?? []) as readonly Manifest[]);
}

/** The custom resource of a kind; fails when it is not exactly one. */
export function manifest(stack: SynthesizedStack, kind: string, name?: string): Manifest {
  return only(
    manifestsOf(stack).filter((found) => found.kind === kind && (name === undefined || found.metadata.name === name)),
    `${kind} ${name ?? ""}`,
  );
}

/** The release of a name. */
export function release(stack: SynthesizedStack, name: string): Arguments {
  return only(
    stack.all("helm_release").filter((found) => found.name === name),
    `release ${name}`,
  );
}

/** Network policies of a stack by their names, without those that deny everything. {@link networkPaths} tells them in words. */
export function pathsOf(stack: SynthesizedStack): Readonly<Record<string, Arguments>> {
  return Object.fromEntries(
    stack.all("kubernetes_network_policy_v1").flatMap((policy) => {
      const { name } = policy.metadata as { readonly name: string };
      return name === "default-deny" ? [] : [[name, policy.spec as Arguments]];
    }),
  );
}
