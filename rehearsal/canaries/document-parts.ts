import { isValues, type Values } from "../protocol/values";
import { addressOf } from "../loop/stored-resources";

/** A part of a document that an engine writes. */
export interface DocumentPart {
  /** In words: an address, `output x`. */
  readonly place: string;
  readonly value: unknown;
  /** Type of the resource that the part is, a data source's as `data.<type>`. @default it is none */
  readonly type?: string;
  /** Whether the engine keeps it secret: an output that is marked. @default false */
  readonly sensitive?: boolean;
}

/** All parts of a state, as it is stored. */
export function stateParts(state: Values): readonly DocumentPart[] {
  const { outputs, resources, ...rest } = state;
  const parts = listOf(resources).flatMap(({ mode, type, name, instances, ...others }) => [
    { place: "the rest of the state", value: others },
    ...listOf(instances).flatMap(({ attributes, ...around }) => {
      const address = `${mode === "data" ? "data." : ""}${addressOf(type, name, around.index_key)}`;
      return [
        { place: address, type: `${mode === "data" ? "data." : ""}${String(type)}`, value: attributes },
        { place: `${address}, beside its attributes`, value: around },
      ];
    }),
  ]);
  return [...outputParts(outputs), ...parts, { place: "the rest of the state", value: rest }];
}

/** All parts of a plan, as `show -json` prints it. */
export function planParts(plan: Values): readonly DocumentPart[] {
  const { resource_changes, resource_drift, output_changes, planned_values, prior_state, ...rest } = plan;
  const changes = [...listOf(resource_changes), ...listOf(resource_drift)].flatMap(({ change, ...around }) => {
    const { before, after, ...others } = isValues(change) ? change : {};
    return [resourcePart(around, before), resourcePart(around, after), { place: "the rest of the plan", value: [around, others] }];
  });
  const outputs = namedOf(output_changes).flatMap(([name, { before, after, before_sensitive, after_sensitive, ...others }]) => [
    { place: `output ${name}`, value: before, sensitive: before_sensitive === true },
    { place: `output ${name}`, value: after, sensitive: after_sensitive === true },
    { place: `output ${name}`, value: others },
  ]);
  const { values: prior_values, ...others } = isValues(prior_state) ? prior_state : {};
  const states = [planned_values, prior_values].flatMap(valuesParts);
  return [...changes, ...outputs, ...states, { place: "the rest of the plan", value: [rest, others] }];
}

/** What a plan knows of a state; this project has no modules. */
function valuesParts(state: unknown): readonly DocumentPart[] {
  const { outputs, root_module, ...rest } = isValues(state) ? state : {};
  const { resources, ...others } = isValues(root_module) ? root_module : {};
  const parts = listOf(resources).flatMap(({ values, ...around }) => [
    resourcePart(around, values),
    { place: "the rest of the plan", value: around },
  ]);
  return [...outputParts(outputs), ...parts, { place: "the rest of the plan", value: [rest, others] }];
}

function resourcePart({ address, mode, type }: Values, value: unknown): DocumentPart {
  return { place: String(address), type: `${mode === "data" ? "data." : ""}${String(type)}`, value };
}

function outputParts(outputs: unknown): readonly DocumentPart[] {
  return namedOf(outputs).map(([name, { sensitive, ...output }]) => ({
    place: `output ${name}`,
    value: output,
    sensitive: sensitive === true,
  }));
}

function listOf(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.filter(isValues) : [];
}

function namedOf(value: unknown): readonly (readonly [string, Values])[] {
  return isValues(value) ? Object.entries(value).map(([name, of]) => [name, isValues(of) ? of : { value: of }]) : [];
}
