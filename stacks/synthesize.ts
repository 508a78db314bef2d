import { App } from "cdktf";
import type { Environment } from "../environments/environment";
import { composeEnvironment, type EnvironmentStacks } from "./environment-stacks";

export interface SynthesizeOptions {
  /** Folder to write to. @default `CDKTF_OUTDIR`, else `cdktf.out` */
  readonly outdir?: string;
}

/** Writes the Terraform of environments, a folder `stacks/<stack>` for each stack, and returns what was composed. */
export function synthesize(environments: readonly Environment[], options: SynthesizeOptions = {}): readonly EnvironmentStacks[] {
  const app = new App({ stackTraces: false, ...options });
  const composed = environments.map((environment) => composeEnvironment(app, environment));
  app.synth();
  return composed;
}
