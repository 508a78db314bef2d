import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Box, Diagram } from "../../diagram/diagram";
import { boxesOf } from "../../diagram/diagram";
import { loadEnvironments, type LoadedEnvironments } from "../../environments/load";
import type { TerraformJson } from "../../operations/terraform-json";
import type { EnvironmentStacks } from "../../stacks/environment-stacks";
import { synthesize } from "../../stacks/synthesize";
import { only } from "../synthesized";

/** An environment as it was composed, with the JSON of its applications' layer. */
export interface Composed {
  readonly stacks: EnvironmentStacks;
  readonly apps: TerraformJson;
}

/** Composes environments. @default the committed ones */
export function composed(loaded: LoadedEnvironments = loadEnvironments({ variables: {} })): readonly Composed[] {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-diagram-test-"));
  try {
    return synthesize(loaded, { outdir }).map((stacks) => {
      const text = readFileSync(join(outdir, "stacks", stacks.apps.node.id, "cdk.tf.json"), "utf8");
      return { stacks, apps: JSON.parse(text) as TerraformJson };
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** A box by its id; fails when there is none. */
export function box(diagram: Diagram, id: string): Box {
  return only(
    boxesOf(diagram).filter((each) => each.id === id),
    id,
  );
}

/** Text in which everything is wrong for somebody. */
export const hostile = `</text><script>alert("1")</script> & 'x' ]]> #35; \`|{}[]()\\n end --> --- %% \u{1f600}`;

/** A small diagram with {@link hostile} wherever there is text. */
export const hostileDiagram: Diagram = {
  environment: "dev",
  title: hostile,
  boxes: [{ id: "gateway", title: hostile, lines: [hostile], look: "gateway" }],
  groups: [{ id: hostile, title: hostile, boxes: [{ id: hostile, title: hostile, lines: [hostile], look: "workload" }] }],
  panels: [{ id: "platform", title: hostile, boxes: [{ id: "registry", title: hostile, lines: [hostile], look: "platform" }] }],
  arrows: [{ from: "gateway", to: hostile, lines: [hostile], kind: "request" }],
};

/** Text with its numeric entities (`&#60;`, or `#60;`) as what they stand for. */
export function decoded(text: string, entity: RegExp): string {
  return text.replace(entity, (_, code: string) => String.fromCodePoint(Number(code)));
}
