import { suggestion } from "../../environments/suggestion";
import type { ChartName } from "../ledger/charts";
import type { Problem } from "../shared/errors";
import { imageLimit } from "../shared/pinned-image";
import { isList, isMap, type ChartValue, type ChartValues } from "./chart-values";
import { knownKeysOf, type KnownKeys } from "./known-keys";

/** What is wrong with the values of a chart: keys that it does not know, and images that are not pinned by a tag. */
export function valueProblems(path: string, chart: ChartName, values: ChartValues): readonly Problem[] {
  const known = knownKeysOf(chart);
  return [...(known === undefined ? [] : unknownKeys(path, chart, values, known)), ...unpinnedImages(path, values)];
}

/** Keys that charts hand on as they are, to Kubernetes or into a file, whatever they hold by default; by the ends of their paths. */
const handedOn =
  /(securityContext|resources|affinity|nodeSelector|annotations|labels|selector|probe|strategy|\.ini|\balertmanager\.config|\bconfig\.modules)$/i;

function unknownKeys(path: string, chart: ChartName, values: ChartValues, known: KnownKeys): readonly Problem[] {
  if (known === 0) {
    return Object.entries(values).map(([field, value]) => ({
      path,
      field,
      value,
      limit: `absent: ${chart} takes a single value here`,
      fix: "remove it",
    }));
  }
  const names = Object.keys(known);
  if (names.length === 0) return [];
  return Object.entries(values).flatMap(([field, value]): readonly Problem[] => {
    const below = Object.hasOwn(known, field) ? known[field] : undefined;
    if (below === undefined) {
      const fix = suggestion(field, names) ?? "remove it: the chart would ignore it without a word";
      return [{ path, field, value, limit: `a value that ${chart} has`, fix }];
    }
    return isMap(value) && !handedOn.test(`${path}.${field}`) ? unknownKeys(`${path}.${field}`, chart, value, below) : [];
  });
}

/** A tag that is given has to say something; which is right is the chart's business while it is not given. */
function unpinnedImages(path: string, value: ChartValue | undefined): readonly Problem[] {
  if (isList(value)) return value.flatMap((item, index) => unpinnedImages(`${path}.${index}`, item));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([field, item]) => {
    const limit = field === "tag" ? tagLimit(item) : field === "image" && typeof item === "string" ? imageLimit(item) : undefined;
    const own = limit === undefined ? [] : [{ path, field, value: item, limit, fix: "name the version that was tested" }];
    return [...own, ...unpinnedImages(`${path}.${field}`, item)];
  });
}

function tagLimit(tag: ChartValue | undefined): string | undefined {
  if (typeof tag === "number") return "text: as a number 1.10 is 1.1";
  return tag === "latest" || tag === "" ? "a tag that names a version" : undefined;
}
