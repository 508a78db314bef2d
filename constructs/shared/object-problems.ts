import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { Problem } from "./errors";
import { nameProblems } from "./kubernetes-names";
import { imageLimit, isDigestAlone } from "./pinned-image";

/** What of our own objects holds names that Kubernetes only judges when it is applied. */
const judged = /^kubernetes_(deployment|stateful_set|daemon_set|job|cron_job|service)_v1$/;

/** What is wrong with an object of our own: names of ports and values of labels that Kubernetes refuses, and images without a version. */
export function objectProblems(construct: IConstruct): readonly Problem[] {
  if (!TerraformResource.isTerraformResource(construct) || !judged.test(construct.terraformResourceType)) return [];
  return below(construct.node.path, construct.toTerraform());
}

function below(path: string, value: unknown): readonly Problem[] {
  if (Array.isArray(value)) return value.flatMap((item) => below(path, item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === "port" && Array.isArray(item)) return item.flatMap((port) => portProblems(path, port));
    if (["labels", "match_labels", "selector"].includes(key) && isObject(item)) return labelProblems(path, item);
    if (key === "image" && isLiteral(item)) return imageProblems(path, item);
    return below(path, item);
  });
}

function portProblems(path: string, port: unknown): readonly Problem[] {
  const name = isObject(port) ? port.name : undefined;
  return isLiteral(name) ? nameProblems(path, "name of a port", name, "port name") : [];
}

function imageProblems(path: string, value: string): readonly Problem[] {
  const limit = imageLimit(value);
  return limit === undefined || isDigestAlone(value)
    ? []
    : [{ path, field: "image", value, limit, fix: "name the version that was tested" }];
}

function labelProblems(path: string, labels: Readonly<Record<string, unknown>>): readonly Problem[] {
  return Object.entries(labels).flatMap(([key, value]) =>
    isLiteral(value) ? nameProblems(path, `label ${key}`, value, "label") : below(path, { [key]: value }),
  );
}

/** Text that is known at synth. */
function isLiteral(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
