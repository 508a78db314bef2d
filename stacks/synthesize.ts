import { Annotations, App } from "cdktf";
import type { LoadedEnvironments } from "../environments/load";
import { placeholderNotice } from "../environments/placeholders";
import { composeEnvironment, type EnvironmentStacks } from "./environment-stacks";
import { withoutTokenTraces } from "./token-traces";

export interface SynthesizeOptions {
  /** Folder to write to. @default `CDKTF_OUTDIR`, else `cdktf.out` */
  readonly outdir?: string;
}

/** Writes the Terraform of environments, a folder `stacks/<stack>` for each stack, and returns what was composed. */
export function synthesize(
  { environments, placeholders }: LoadedEnvironments,
  options: SynthesizeOptions = {},
): readonly EnvironmentStacks[] {
  return withoutTokenTraces(() => {
    const app = new App({ stackTraces: false, ...options });
    const composed = environments.map((environment) => composeEnvironment(app, environment));
    for (const {
      environment: { name },
      ordered,
    } of composed) {
      const notice = placeholderNotice(placeholders.filter((placeholder) => placeholder.environment === name));
      const [first] = ordered;
      if (notice && first) Annotations.of(first).addWarning(notice); // cdktf-cli prints it
    }
    app.synth();
    return composed;
  });
}
