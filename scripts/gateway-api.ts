import { readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { parseAllDocuments, stringify } from "yaml";
import { engines } from "../constructs/ledger/engines";
import { gatewayApiChart } from "../constructs/ingress/gateway-api-crds";
import { runProgram } from "../operations/command-line";
import { OperationError } from "../operations/operation-error";

const program = new Command("npm run gateway-api --")
  .description("Rewrite the local chart with the types of the Gateway API, in the version that the ledger names.")
  .requiredOption("--from <folder>", "config/crd/standard of kubernetes-sigs/gateway-api, at the tag of that version")
  .action(({ from }: { readonly from: string }) => {
    const types = readdirSync(from)
      .flatMap((file) => parseAllDocuments(readFileSync(join(from, file), "utf8")).map((document) => document.toJS() as Type))
      .filter(({ kind }) => kind === "CustomResourceDefinition");
    const { version } = engines["gateway-api"]["1.6"];
    const stale = types.filter(({ metadata }) => metadata.annotations["gateway.networking.k8s.io/bundle-version"] !== version);
    if (types.length === 0 || stale.length > 0) throw new OperationError(`${from} does not hold the Gateway API's types in ${version}`);
    const folder = join(gatewayApiChart, "templates");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const { apiVersion, kind, metadata, spec } of types) {
      const text = stringify(undescribed({ apiVersion, kind, metadata, spec }), { lineWidth: 0, aliasDuplicateObjects: false });
      if (text.includes("{{")) throw new OperationError(`${metadata.name} has text that Helm would take for a template`);
      writeFileSync(join(folder, `${metadata.name}.yaml`), text);
    }
    console.log(`${types.length} types in ${folder}`);
  });

interface Type {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: object;
}

/** Without documentation, which is most of the text; a property of that name is no text and stays. */
function undescribed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(undescribed);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, item]) => !(key === "description" && typeof item === "string"));
  return Object.fromEntries(kept.map(([key, item]) => [key, undescribed(item)]));
}

void runProgram(program);
