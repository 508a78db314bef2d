import type { IConstruct } from "constructs";
import { refuse, type Problem } from "./errors";

/** What Kubernetes and Helm take as names, and where that is written. */
const limits = {
  // RFC 1123 label.
  namespace: { max: 63, shape: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, described: "lower-case letters, digits and inner hyphens" },
  service: { max: 63, shape: /^[a-z]([a-z0-9-]*[a-z0-9])?$/, described: "lower-case letters, digits and inner hyphens, a letter first" },
  // Helm keeps ten characters of a label's 63 for its own suffixes.
  release: { max: 53, shape: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, described: "lower-case letters, digits and inner hyphens" },
  // The beginning of a release and of objects of other kinds.
  route: { max: 45, shape: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, described: "lower-case letters, digits and inner hyphens" },
  // Kubernetes keeps eleven characters of a label's 63 for what it adds (documentation, "CronJob"); our jobs end with a digest of nine.
  "cron job": { max: 52, shape: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, described: "lower-case letters, digits and inner hyphens" },
  job: { max: 54, shape: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, described: "lower-case letters, digits and inner hyphens" },
  // Kubernetes adds a number to the names of its pods, and a digest of ten to a label of theirs (kubernetes/kubernetes#64023).
  "stateful set": {
    max: 52,
    shape: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    described: "lower-case letters, digits and inner hyphens, a letter first",
  },
  label: { max: 63, shape: /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, described: "letters, digits and inner . _ -" },
  // IANA service name (RFC 6335).
  "port name": {
    max: 15,
    shape: /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    described: "lower-case letters, digits and single inner hyphens, a letter among them",
  },
  // RFC 1123 subdomain.
  object: { max: 253, shape: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, described: "lower-case letters, digits and inner . -" },
} satisfies Record<string, { readonly max: number; readonly shape: RegExp; readonly described: string }>;

/** Kinds of names, each with rules of its own. */
export type NameKind = keyof typeof limits;

/** What is wrong with a name that Kubernetes or Helm would refuse. */
export function nameProblems(path: string, field: string, name: string, kind: NameKind): readonly Problem[] {
  const { max, shape, described } = limits[kind];
  if (name.length <= max && shape.test(name)) return [];
  const limit =
    name.length > max ? `${kind === "object" ? "an" : "a"} ${kind} of at most ${max} characters, not ${name.length}` : described;
  return [{ path, field, value: name, limit, fix: "rename it" }];
}

/**
 * The name, when Kubernetes takes it.
 * @throws ConfigurationError when it does not
 */
export function requireName(construct: IConstruct, field: string, name: string, kind: NameKind): string {
  refuse(nameProblems(construct.node.path, field, name, kind));
  return name;
}
