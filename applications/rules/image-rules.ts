import type { Problem } from "../../constructs/shared/errors";
import type { Environment } from "../../environments/environment";
import { suggestion } from "../../environments/suggestion";
import type { WorkloadIntent } from "../application";
import { eachWorkloadIn, elementsOf, knowsAll, pathIn, problem, referenceOf, type DeclaredWorkload, type Rule } from "./declared";

type Image = WorkloadIntent["image"];

const images = eachWorkloadIn([], (workload, environment) =>
  imagesOf(workload).flatMap(({ at, image }) => imageProblems(environment, pathIn(environment, workload.path), at, image)),
);

/** Images of a workload and its migrations. */
function imagesOf(workload: DeclaredWorkload): readonly { readonly at: string; readonly image: Image }[] {
  const { intent, wellFormed } = workload;
  return [
    ...(wellFormed(["image"]) ? [{ at: "image", image: intent.image }] : []),
    ...elementsOf(workload, "migrations").flatMap(({ at, value: { image } }) => (image ? [{ at: `${at}.image`, image }] : [])),
  ];
}

function imageProblems({ images: own, name, policies }: Environment, path: string, at: string, image: Image): readonly Problem[] {
  if ("reference" in image) {
    const { trustedRegistries } = policies;
    if (trustedRegistries.some((source) => image.reference.startsWith(source))) return [];
    const limit =
      trustedRegistries.length > 0 ? `from a registry that ${name} trusts: ${trustedRegistries.join(", ")}` : `in the registry of ${name}`;
    return [
      problem(
        path,
        `${at}.reference`,
        image.reference,
        limit,
        "add where it comes from to policies.trustedRegistries, or copy it to your own",
      ),
    ];
  }
  if (own.includes(image.repository)) return [];
  const limit = `one of the images of ${name}`;
  return [problem(path, `${at}.repository`, image.repository, limit, suggestion(image.repository, own) ?? "add it to images")];
}

/** Versions that an environment gives have to be of something that it runs. */
const versions: Rule = (declared) => {
  const { environments, workloads } = declared;
  const references = workloads.map(referenceOf);
  return environments.flatMap((environment) =>
    Object.entries(environment.versions).flatMap(([reference, version]) => {
      const told = (limit: string, fix: string) => [{ path: `${environment.name}.versions`, field: reference, value: version, limit, fix }];
      const workload = workloads.find((candidate) => referenceOf(candidate) === reference);
      if (workload === undefined) {
        const fix = suggestion(reference, references) ?? "remove it, or name another one as <application>/<workload>";
        return knowsAll(declared) ? told("the version of a workload that exists", fix) : [];
      }
      if (!workload.wellFormed(["kind", "image"]) || "repository" in workload.intent.image) return [];
      return told("the version of an image of your own", `remove it: ${reference} has an image by reference, with its version`);
    }),
  );
};

/** What is run. */
export const imageRules = [images, versions];
