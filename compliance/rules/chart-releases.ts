import { parse } from "yaml";
import { blocksOf, leavesOf, resourcesOf, type Rule } from "./rule";
import { isLiteralSecret } from "./literal-secrets";

/** Arguments by which values reach a chart past the one document that is read here, or that hold a password. */
const otherWays = ["set", "set_list", "set_sensitive", "set_wo", "repository_password"];

/** Chart that travels with the project. */
const ownChart = /^assets\//;

/** Where an ExternalSecret names a key, not what is under it. */
const keyOfSecret = /\.spec\.data\.\d+\.secretKey$/;

/** A chart is what was tested, from where it was looked at; and no secret is in its values: whoever reads the release reads them. */
export const chartReleases: Rule = {
  demands: "charts have an exact version, and no secret in their values",
  problems: (stacks) =>
    resourcesOf(stacks)
      .filter(({ type }) => type === "helm_release")
      .flatMap(({ address, values: { chart, repository, values, version, ...others } }) => {
        const given = (Array.isArray(values) ? values : []).map((text) => documentOf(String(text)));
        return [
          ...(ownChart.test(String(chart)) || /^(oci|https):\/\//.test(String(repository))
            ? []
            : [`repository is ${String(repository)}, must be oci:// or https://; say where the chart is from`]),
          ...(ownChart.test(String(chart)) || /^v?\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version))
            ? []
            : [`version is ${String(version)}, must be exact; take the one that was tested`]),
          ...otherWays
            .filter((name) => blocksOf(others[name]).length > 0 || typeof others[name] === "string")
            .map((name) => `${name} is given, must be left out`),
          ...given
            .flatMap((document) => leavesOf(document))
            .filter((leaf) => isLiteralSecret(leaf) && !keyOfSecret.test(leaf.path))
            .map(({ path }) => `values: ${path} is a literal, must refer to a Secret`),
          ...given.flatMap(secretsIn).map((name) => `values: Secret ${name} is among the manifests, must come from the secret store`),
        ].map((problem) => `${address}: ${problem}`);
      }),
};

/** Documents that were read: environments have many in common. */
const documents = new Map<string, unknown>();

function documentOf(text: string): unknown {
  if (!documents.has(text)) documents.set(text, parse(text, { version: "1.1" })); // as Helm reads it
  return documents.get(text);
}

/** Names of the Secrets that a chart would make of its values. */
function secretsIn(document: unknown): readonly string[] {
  const { manifests } = (document ?? {}) as { readonly manifests?: unknown };
  return blocksOf(manifests)
    .filter(({ kind, data, stringData }) => kind === "Secret" && (data !== undefined || stringData !== undefined))
    .map(({ metadata }) => String((metadata as { readonly name?: unknown }).name));
}
