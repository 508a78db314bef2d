import { rmSync } from "node:fs";

/** Removes what tests of this run have kept for each other. */
export default function removeKeptSyntheses(_: unknown, { globals }: { readonly globals: { readonly keptSyntheses: string } }): void {
  rmSync(globals.keptSyntheses, { recursive: true, force: true });
}
