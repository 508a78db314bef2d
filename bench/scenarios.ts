import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentNames } from "../environments/environment";
import type { Program } from "./measure";

/** Something to measure. */
export interface Scenario {
  /** How the report calls it; one of a kind. */
  readonly name: string;
  /** What runs. It writes to the folder in its variable `CDKTF_OUTDIR`. */
  readonly program: Program;
}

export const allEnvironments = "all four environments";
export const awsEnvironments = "dev, staging, prod";
export const singleEnvironments: readonly string[] = environmentNames;
export const ourBucket = "one bucket, our layout";
export const stockBucket = "one bucket, stock layout";
export const calibration = "fixed loop";

/** Numbers of synthetic environments, each twice the one before. */
export const growthCounts: readonly number[] = [10, 20, 40];

/** Name of the scenario that synthesizes so many environments; 0 only loads the code. */
export function growthScenario(count: number): string {
  return count === 0 ? "load only" : `${count} environments`;
}

/** About half a second of strings and maps: tells a slow machine from a slow program. */
const loop = "const map = new Map(); for (let i = 0; i < 3e6; i++) map.set('key' + (i % 5e4), i);";

/** The scenarios of this project. The flags of node are those of the real command. */
export function ourScenarios(folder: string): readonly Scenario[] {
  const flags = nodeFlags(readFileSync(join(folder, "cdktf.json"), "utf8"));
  const synth = (name: string, selection: string): Scenario => ({
    name,
    program: { folder, args: [...flags, "main.ts"], variables: { EVENKEEL_ENVIRONMENTS: selection } },
  });
  return [
    { name: calibration, program: { folder, args: ["--eval", loop] } },
    synth(allEnvironments, environmentNames.join(",")),
    synth(awsEnvironments, "dev,staging,prod"),
    ...singleEnvironments.map((name) => synth(name, name)),
    ...[0, ...growthCounts].map((count) => ({
      name: growthScenario(count),
      program: { folder, args: [...flags, "bench/growth.ts", `${count}`] },
    })),
    { name: ourBucket, program: { folder, args: [...flags, "bench/one-bucket.ts"] } },
  ];
}

/**
 * The flags in the command of a cdktf.json, `node <flags> main.ts`.
 * @throws Error when the command is none of that form
 */
export function nodeFlags(cdktfJson: string): readonly string[] {
  const { app } = JSON.parse(cdktfJson) as { readonly app: string };
  const [node, ...rest] = app.split(" ");
  if (node !== "node" || rest.pop() !== "main.ts")
    throw new Error(`cdktf.json: app is ${app}, must be node <flags> main.ts; change it back`);
  return rest;
}
