import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedEnvironments } from "../environments/load";
import { synthesize } from "../stacks/synthesize";
import type { Diagram } from "./diagram";
import { environmentDiagram } from "./environment-diagram";

/** The diagrams of environments. They are synthesized into a folder that is gone afterwards: what is refused has no diagram. */
export function environmentDiagrams(loaded: LoadedEnvironments): readonly Diagram[] {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-diagram-"));
  try {
    return synthesize(loaded, { outdir }).map((stacks) => environmentDiagram(stacks, loaded.applications));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
