import { cloudProtections } from "./lifted-protection";
import { parseState } from "./state-file";

/** Output by which a state tells that the protection of its stack was lifted; a deployment takes it away again. */
export const unprotectedOutput = "unprotected";

/** What the state of a stack says about what is deployed. */
export interface DeployedState {
  /** Resources that exist. */
  readonly resources: number;
  /** Whether an apply has lifted the protection of all of them. */
  readonly unprotected: boolean;
  /** The state itself. It holds secrets. */
  readonly text: string;
}

interface StateJson {
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown } | undefined>>;
  readonly resources?: readonly {
    readonly mode: string;
    readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** E.g. `1 resource`. */
export function countOf({ resources }: Pick<DeployedState, "resources">): string {
  return resources === 1 ? "1 resource" : `${resources} resources`;
}

/**
 * Reads what `state pull` printed: nothing at all where nothing was ever deployed.
 * @throws OperationError when it is no state
 */
export function parseDeployedState(text: string): DeployedState {
  if (text.trim() === "") return { resources: 0, unprotected: false, text };
  parseState(text, "what the backend has", "Bring an earlier version of it back: docs/runbooks/state.md, A state is damaged.");
  const { outputs = {}, resources = [] } = JSON.parse(text) as StateJson;
  const instances = resources.filter(({ mode }) => mode === "managed").flatMap((resource) => resource.instances);
  const isKept = instances.some(({ attributes = {} }) => cloudProtections.some((protection) => attributes[protection] === true));
  return { resources: instances.length, unprotected: outputs[unprotectedOutput]?.value === true && !isKept, text };
}
