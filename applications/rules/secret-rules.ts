import type { Problem } from "../../constructs/shared/errors";
import { suggestion } from "../../environments/suggestion";
import type { Application } from "../application";
import { elementsOf, entriesOf, problem, type DeclaredApplication, type DeclaredWorkload, type Rule } from "./declared";

/** A secret of the application, where a workload asks for it. */
interface Use {
  readonly path: string;
  /** Dotted path of the field below that. */
  readonly field: string;
  readonly secret: string;
  /** Whether an image is pulled by it. */
  readonly pulls: boolean;
}

/** Fields of a workload by which it uses secrets. */
const usingFields = ["kind", "secrets", "image", "migrations", "volumes"];

/** What is asked for has to be in the store. */
const known: Rule = ({ applications }) =>
  applications.flatMap((one) => {
    if (!one.wellFormed(["secrets"])) return [];
    const { secrets } = one.application;
    return one.workloads.flatMap(usesOf).flatMap((use) => useProblems(secrets, use));
  });

function useProblems(secrets: Application["secrets"], { field, path, pulls, secret }: Use): readonly Problem[] {
  const names = entriesOf(secrets).map(([name]) => name);
  const told = (limit: string, fix: string) => [problem(path, field, secret, limit, fix)];
  if (!names.includes(secret)) {
    const limit = names.length > 0 ? `a secret of the application: ${names.join(", ")}` : "a secret of the application, which has none";
    return told(limit, suggestion(secret, names) ?? "add it to the application's secrets: they say what is in the store");
  }
  if (!pulls || secrets[secret]?.from === "given") return [];
  return told('a secret that is "given"', "change its from: a password that is made up is no Docker configuration");
}

/** What nobody asks for would be made up, or waited for, in vain. While a workload is malformed, it may be the one. */
const used: Rule = ({ applications }) =>
  applications.flatMap((one) => {
    if (!one.wellFormed(["secrets"]) || !one.workloads.every(({ wellFormed }) => wellFormed(usingFields))) return [];
    const asked = one.workloads.flatMap(usesOf).map(({ secret }) => secret);
    return entriesOf(one.application.secrets)
      .filter(([name]) => !asked.includes(name))
      .map(([name, secret]) => problem(one.path, `secrets.${name}`, secret, "a secret that a workload uses", unusedFix(one, asked)));
  });

function unusedFix({ application }: DeclaredApplication, asked: readonly string[]): string {
  const unknown = asked.filter((name) => !Object.hasOwn(application.secrets, name));
  return unknown.length > 0 ? `remove it, or rename it: ${unknown.join(", ")} is asked for` : "remove it, or use it";
}

function usesOf(workload: DeclaredWorkload): readonly Use[] {
  const { intent, path, wellFormed } = workload;
  if (!wellFormed(["kind"])) return [];
  const use = (field: string, secret: string | undefined, pulls = false): readonly Use[] =>
    secret === undefined ? [] : [{ path, field, secret, pulls }];
  return [
    ...(wellFormed(["secrets"]) ? entriesOf(intent.secrets).flatMap(([name, secret]) => use(`secrets.${name}`, secret)) : []),
    ...(wellFormed(["image"]) ? use("image.pullSecret", pullSecretOf(intent.image), true) : []),
    ...elementsOf(workload, "migrations").flatMap(({ at, value: { image } }) =>
      image ? use(`${at}.image.pullSecret`, pullSecretOf(image), true) : [],
    ),
    ...elementsOf(workload, "volumes").flatMap(({ at, value: { content } }) =>
      content.kind === "secret" ? use(`${at}.content.secret`, content.secret) : [],
    ),
  ];
}

function pullSecretOf(image: Application["workloads"][string]["image"]): string | undefined {
  return "reference" in image ? image.pullSecret : undefined;
}

/** Secrets of applications, and who uses them. */
export const secretRules = [known, used];
