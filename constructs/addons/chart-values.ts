/** Values of a Helm chart. */
export interface ChartValues {
  readonly [key: string]: ChartValue | undefined;
}
export type ChartValue = string | number | boolean | null | readonly ChartValue[] | ChartValues;

/** One value over another: maps are merged, anything else is replaced, as Helm does it. What is undefined replaces nothing. */
export function mergedValues(under: ChartValues, over: ChartValues): ChartValues {
  return given(over).reduce<ChartValues>((merged, [key, value]) => {
    const below = merged[key];
    return { ...merged, [key]: isMap(below) && isMap(value) ? mergedValues(below, value) : value };
  }, under);
}

/** The values that are given: what is undefined is not. */
export function given(values: ChartValues): readonly (readonly [string, ChartValue])[] {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

/** Whether a value is a map. */
export function isMap(value: ChartValue | undefined): value is ChartValues {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: ChartValue | undefined): value is readonly ChartValue[] {
  return Array.isArray(value);
}
