import type { EnvironmentJson } from "../environment-json";
import { is, must, type Finding } from "../finding";
import type { Place } from "../place";

/** Findings about what belongs to a resource; one against it where nothing does. */
export function required(
  owner: Place,
  places: readonly Place[],
  what: string,
  findings: (place: Place) => readonly Finding[],
): readonly Finding[] {
  return places.length === 0 ? [{ place: owner.at(`no ${what}`), met: false }] : places.flatMap(findings);
}

/** The key that a place refers to is one of the environment's own that changes every year. */
export function rotatedKey(key: Place, environment: EnvironmentJson): readonly Finding[] {
  const resource = environment.parts.referred(environment.resolved(key.value));
  return [must(resource?.at("enable_key_rotation") ?? key.at("no key"), is(true))];
}

/** Terraform refuses to destroy a resource. */
export function destroyRefused(resource: Place): Finding {
  return must(resource.at("lifecycle", "prevent_destroy"), is(true));
}
