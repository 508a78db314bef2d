/** Part of a schema of a CustomResourceDefinition: OpenAPI, with extensions of Kubernetes' own. */
export type StructuralSchema = Readonly<Record<string, unknown>>;

/**
 * A structural schema as JSON Schema that takes no field which the API server would drop: where fields are listed, others are none.
 * What `anyOf` and the like add are conditions on these fields and stay as they are.
 */
export function closedSchema(schema: StructuralSchema): StructuralSchema {
  const { properties, items, additionalProperties, nullable, type, ...rest } = schema;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("x-kubernetes-")));
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true || schema["x-kubernetes-embedded-resource"] === true;
  return {
    ...withNumericBounds(kept),
    ...typeOf(schema["x-kubernetes-int-or-string"] === true ? ["integer", "string"] : type, nullable === true),
    ...(isSchema(properties) ? { properties: mapped(properties) } : {}),
    ...(isSchema(items) ? { items: closedSchema(items) } : {}),
    ...(isSchema(additionalProperties) ? { additionalProperties: closedSchema(additionalProperties) } : {}),
    ...(isSchema(properties) && additionalProperties === undefined && !open ? { additionalProperties: false } : {}),
  };
}

/** The schema of a whole object: what stands in its metadata is the same for all kinds, and nobody lists it. */
export function objectSchema(schema: StructuralSchema): StructuralSchema {
  const { properties = {}, ...rest } = schema;
  return closedSchema({ ...rest, properties: { ...(properties as object), metadata: { type: "object" } } });
}

function typeOf(type: unknown, nullable: boolean): StructuralSchema {
  if (type === undefined) return {};
  const types = [type].flat();
  return { type: nullable ? [...types, "null"] : type };
}

/** OpenAPI says with a flag whether a bound is part of the range; JSON Schema has another keyword. */
function withNumericBounds({ exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest }: StructuralSchema): StructuralSchema {
  return {
    ...rest,
    ...(minimum === undefined ? {} : { [exclusiveMinimum === true ? "exclusiveMinimum" : "minimum"]: minimum }),
    ...(maximum === undefined ? {} : { [exclusiveMaximum === true ? "exclusiveMaximum" : "maximum"]: maximum }),
  };
}

function mapped(properties: StructuralSchema): StructuralSchema {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, isSchema(schema) ? closedSchema(schema) : schema]));
}

function isSchema(value: unknown): value is StructuralSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
