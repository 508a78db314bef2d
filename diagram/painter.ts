import type { IConstruct } from "constructs";
import type { Environment } from "../environments/environment";
import type { Box, Look } from "./diagram";

/** Draws a construct; undefined where it is none of those that the painter knows, or says nothing in this environment. */
export type Painter = (construct: IConstruct, environment: Environment) => Box | undefined;

type Class<Instance> = abstract new (...args: never[]) => Instance;

/** What a box is called, whatever the variant. */
type Frame = Pick<Box, "id" | "title" | "look">;

/** A capability of the platform. */
export function platformFrame(id: string, title: string): Frame {
  return { id, title, look: "platform" satisfies Look };
}

/** Draws the constructs of one class. @param linesOf what is said of one; nothing leaves it out */
export function painter<Instance extends IConstruct>(
  type: Class<Instance>,
  frame: Frame,
  linesOf: (construct: Instance, environment: Environment) => readonly string[],
): Painter {
  return (construct, environment) => {
    if (!(construct instanceof type)) return undefined;
    const lines = linesOf(construct, environment);
    return lines.length > 0 ? { ...frame, lines } : undefined;
  };
}

/** The boxes of constructs that somebody can draw, in the order of the painters. */
export function painted(painters: readonly Painter[], constructs: readonly IConstruct[], environment: Environment): readonly Box[] {
  return painters.flatMap((paint) => constructs.flatMap((construct) => paint(construct, environment) ?? []));
}

/** `1 zone`, `2 zones`. */
export function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? "" : "s"}`;
}
