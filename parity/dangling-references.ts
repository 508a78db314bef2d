import type { EnvironmentJson } from "./environment-json";

/** References of resources, by their arguments: many reports look at the same ones. */
const references = new WeakMap<object, readonly string[]>();

/** What was found in environments that were looked at before. */
const findings = new WeakMap<EnvironmentJson, readonly string[]>();

/** References to resources that are not there: what somebody took away is still counted on. */
export function danglingReferences(environment: EnvironmentJson): readonly string[] {
  const known = findings.get(environment);
  if (known) return known;
  const found = search(environment);
  findings.set(environment, found);
  return found;
}

function search({ name, parts }: EnvironmentJson): readonly string[] {
  const places = parts.places();
  const addresses = new Set(places.map(({ stack, steps }) => `${stack}: ${steps.slice(1).join(".")}`));
  return places.flatMap((place) =>
    referencesOf(place.value as object)
      .filter((address) => !addresses.has(`${place.stack}: ${address}`))
      .map((address) => `${name}: ${place.path} refers to ${address}, which is not there; bring it back, or take the reference away`),
  );
}

function referencesOf(values: object): readonly string[] {
  const known = references.get(values);
  if (known) return known;
  const found = [...JSON.stringify(values).matchAll(/\$\{([a-z0-9]+_\w+\.[\w-]+)\./g)].map(([, address = ""]) => address);
  references.set(values, found);
  return found;
}
