import { parse } from "yaml";
import type { Arguments } from "../operations/terraform-json";
import { only } from "./synthesized";

/** The values of a Helm release, read as Helm reads them. */
export function valuesOf({ values }: Arguments): Readonly<Record<string, unknown>> {
  return parse(only(values as readonly string[], "values of the release")) as Readonly<Record<string, unknown>>;
}

/** The custom resources of a release of `charts/manifests`. */
export function manifestsOf(release: Arguments): readonly Manifest[] {
  return valuesOf(release).manifests as readonly Manifest[];
}

/** A custom resource as it is sent to the API server. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}
