import { createHash } from "node:crypto";
import { GivenCanaries } from "../canaries/given-canaries";
import type { Values } from "../protocol/values";

/** Something that was created and not destroyed yet. */
export interface SimulatedObject {
  readonly stack: string;
  readonly type: string;
  readonly values: Values;
}

/** What exists in the simulated clouds and clusters, by keys that the engine keeps in its state for the providers. */
export class World {
  /** Its secrets. */
  readonly canaries = new GivenCanaries();
  private readonly objects = new Map<string, SimulatedObject>();

  /**
   * A key for a new object: the same for the same arguments in every run. Twins, which have equal arguments, are numbered in
   * the order of their creation.
   */
  newKey(stack: string, type: string, config: unknown): string {
    const key = createHash("sha256")
      .update(JSON.stringify([stack, type, config]))
      .digest("hex")
      .slice(0, 32);
    let twin = 1;
    while (this.objects.has(twinKey(key, twin))) twin++;
    return twinKey(key, twin);
  }

  get(key: string): SimulatedObject | undefined {
    return this.objects.get(key);
  }

  set(key: string, object: SimulatedObject): void {
    this.objects.set(key, object);
  }

  remove(key: string): void {
    this.objects.delete(key);
  }

  /** What a stack has created by the id that its cloud gave it, with its key. */
  find(stack: string, type: string, id: string): readonly [key: string, object: SimulatedObject] | undefined {
    return [...this.objects].find(([, object]) => object.stack === stack && object.type === type && object.values.id === id);
  }

  /** Types of what a stack has created and not destroyed, one for each object. */
  remaining(stack: string): readonly string[] {
    return [...this.objects.values()].filter((object) => object.stack === stack).map(({ type }) => type);
  }
}

function twinKey(key: string, twin: number): string {
  return twin === 1 ? key : `${key}-${twin}`;
}
