import { Annotations, App } from "cdktf";
import { refuse } from "../constructs/shared/errors";
import type { LoadedEnvironments } from "../environments/load";
import { placeholderNotice } from "../environments/placeholders";
import { compositionProblems } from "./composition-problems";
import { composeEnvironment, type EnvironmentStacks } from "./environment-stacks";
import { endingSupport, supportNotice, supportProblems, type EndingSupport } from "./support";
import { withoutTokenTraces } from "./token-traces";

export interface SynthesizeOptions {
  /** Folder to write to. @default `CDKTF_OUTDIR`, else `cdktf.out` */
  readonly outdir?: string;
}

/** An environment that has been written. */
export interface SynthesizedEnvironment extends EnvironmentStacks {
  /** What it runs whose support has ended, or soon will. */
  readonly ending: readonly EndingSupport[];
}

/**
 * Writes the Terraform of environments, a folder `stacks/<stack>` for each stack, and returns what was composed.
 * @throws ConfigurationError with every problem that shows once all is composed; nothing is written then
 */
export function synthesize(
  { applications, environments, placeholders, today }: LoadedEnvironments,
  options: SynthesizeOptions = {},
): readonly SynthesizedEnvironment[] {
  return withoutTokenTraces(() => {
    const app = new App({ stackTraces: false, ...options });
    const composed = environments
      .map((environment) => composeEnvironment(app, environment, applications))
      .map((stacks) => ({ ...stacks, ending: endingSupport(stacks, today) }));
    refuse(composed.flatMap((stacks) => [...compositionProblems(stacks), ...supportProblems(stacks.ending, today)]));
    for (const { environment, ordered, ending } of composed) {
      const { name } = environment;
      const replaceable = placeholderNotice(placeholders.filter((placeholder) => placeholder.environment === name));
      const [first] = ordered;
      // cdktf-cli prints it. It stands in the manifest, not in what Terraform reads: that is the same on every day.
      for (const notice of [replaceable, supportNotice(ending)]) if (notice && first) Annotations.of(first).addWarning(notice);
    }
    app.synth();
    return composed;
  });
}
