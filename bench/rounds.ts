import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { measure, type Sample } from "./measure";
import type { Scenario } from "./scenarios";

/** What was measured of a scenario. */
export interface Measured {
  /** One per round, in order: the same place in two scenarios is the same round. */
  readonly samples: readonly Sample[];
  readonly written: Written;
}

/** What a synth wrote; the same in every run. */
export interface Written {
  readonly resources: number;
  readonly bytes: number;
}

/**
 * Measures every scenario once in each round, so that a busy minute of the machine falls on all of them alike.
 * @param outdir folder that each run finds absent, and that is absent afterwards
 */
export async function runRounds(
  scenarios: readonly Scenario[],
  rounds: number,
  outdir: string,
  tell: (text: string) => void,
): Promise<ReadonlyMap<string, Measured>> {
  const results = new Map(scenarios.map(({ name }) => [name, { samples: [] as Sample[], written: { resources: 0, bytes: 0 } }]));
  for (let round = 1; round <= rounds; round++) {
    tell(`round ${round} of ${rounds}:`);
    for (const { name, program } of scenarios) {
      const sample = await measure({ ...program, variables: { ...program.variables, CDKTF_OUTDIR: outdir } });
      tell(` ${name} ${sample.cpuSeconds.toFixed(1)} s;`);
      const result = results.get(name);
      result?.samples.push(sample);
      if (result && round === 1) result.written = readWritten(outdir);
      rmSync(outdir, { recursive: true, force: true });
    }
    tell("\n");
  }
  return results;
}

/** Counts what is in a folder that cdktf has synthesized into. */
export function readWritten(outdir: string): Written {
  const stacks = join(outdir, "stacks");
  const texts = existsSync(stacks) ? readdirSync(stacks).map((stack) => readFileSync(join(stacks, stack, "cdk.tf.json"))) : [];
  return {
    resources: texts.reduce((sum, text) => sum + countResources(text.toString()), 0),
    bytes: texts.reduce((sum, text) => sum + text.length, 0),
  };
}

function countResources(stackJson: string): number {
  const { resource = {} } = JSON.parse(stackJson) as { readonly resource?: Readonly<Record<string, object>> };
  return Object.values(resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);
}
