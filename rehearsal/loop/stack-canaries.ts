import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Canary } from "../canaries/canary";
import { canaryMessage } from "../canaries/canary-message";
import { CanarySearch } from "../canaries/canary-search";
import { planParts, stateParts } from "../canaries/document-parts";
import { misplacedInOutput } from "../canaries/engine-output";
import { misplacedIn, type Misplaced } from "../canaries/misplaced-canaries";
import type { Values } from "../protocol/values";
import { schemaFor } from "../schemas/committed-schemas";
import type { BlockSchema, SchemaMap } from "../schemas/provider-schema";
import { servedStack } from "../simulation/served-stack";
import type { SimulatedProviders } from "../simulation/simulated-providers";
import { RehearsalError } from "./rehearsal-error";
import type { StackCopy } from "./stack-copy";
import { savedPlan } from "./stack-engine";
import { storedResources } from "./stored-resources";

/** The search for secrets of all stacks in what one stack has left behind. */
export class StackCanaries {
  private readonly name: string;

  constructor(
    private readonly copy: StackCopy,
    private readonly providers: Pick<SimulatedProviders, "ask">,
  ) {
    this.name = copy.stack.name;
  }

  /**
   * Looks through all that there is of the stack while it exists.
   * @param plan a plan of what was applied, as JSON
   * @returns how many secrets are the stack's own
   * @throws RehearsalError when one is where none may be
   */
  async search(plan: string): Promise<number> {
    const { given, misplaced } = await this.providers.ask("canaries", this.name);
    const searched = { stack: this.name, search: new CanarySearch(given), blocks: this.blocks() };
    const documentOf = (json: string) => JSON.parse(json) as Values;
    this.refuse([
      ...this.inFiles(searched.search),
      ...misplacedIn("state", stateParts(documentOf(readFileSync(stateCopy(this.copy.folder), "utf8"))), searched),
      ...misplacedIn("plan", planParts(documentOf(plan)), searched),
      ...misplaced,
      ...this.inOutput(searched.search),
    ]);
    return given.filter(({ stack }) => stack === this.name).length;
  }

  /** Looks through what the engine has printed, to its end. @throws RehearsalError when a secret is in it */
  async searchOutput(): Promise<void> {
    const { given } = await this.providers.ask("canaries", this.name);
    this.refuse(this.inOutput(new CanarySearch(given)));
  }

  private inOutput(search: CanarySearch): readonly Misplaced[] {
    return misplacedInOutput(readFileSync(`${this.copy.folder}.log`, "utf8"), this.name, search);
  }

  /** Every file of the stack, what the engine has put beside them included; a saved plan is looked through as JSON. */
  private inFiles(search: CanarySearch): readonly Misplaced[] {
    const { folder } = this.copy;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files
      .filter(({ name }) => name !== savedPlan)
      .map(({ parentPath, name }) => join(parentPath, name))
      .flatMap((file) => {
        const place = relative(folder, file);
        return search.find(readFileSync(file, "utf8")).map((canary) => ({ canary, source: "what ships", place }) as const);
      });
  }

  private blocks(): ReadonlyMap<string, BlockSchema> {
    const { sources, types } = servedStack(this.name, this.copy.json);
    const named = (schemas: SchemaMap, prefix = "") => Object.entries(schemas).map(([type, { block }]) => [prefix + type, block] as const);
    return new Map(
      sources
        .map((source) => schemaFor(source, types))
        .flatMap(({ resource_schemas, data_source_schemas }) => [...named(resource_schemas), ...named(data_source_schemas, "data.")]),
    );
  }

  private refuse(found: readonly Misplaced[]): void {
    if (found.length === 0) return;
    const count = new Set(found.map(({ canary }) => canary.text)).size;
    const problem = count === 1 ? "a secret is where none may be" : `${count} secrets are where none may be`;
    throw new RehearsalError(this.name, problem, canaryMessage(found, this.nameOf));
  }

  /** Address and attribute, as far as the owner's state tells. */
  private readonly nameOf = ({ stack, type, key, attribute }: Canary): string => {
    const state = stateCopy(join(this.copy.folder, "..", stack));
    const resources = existsSync(state) ? storedResources(readFileSync(state, "utf8")) : [];
    return `${resources.find((resource) => resource.key === key)?.address ?? type}.${attribute}`;
  };
}

/** Where the state of a stack's copy is left behind after its apply. @param folder of the copy */
export function stateCopy(folder: string): string {
  return `${folder}.tfstate`;
}
