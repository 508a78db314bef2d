import type { Values } from "../protocol/values";

/** What a simulated provider can be told to do wrong, for the tests that must turn red. */
export type Fault =
  /** Keeps documents in its own spelling, as some clouds do with policies. */
  | { readonly kind: "normalizes-json" }
  /** Reads another text every time. */
  | { readonly kind: "changing-read"; readonly type: string; readonly attribute: string }
  /** Says that a type is destroyed, and leaves it. */
  | { readonly kind: "outlives-destroy"; readonly type: string }
  /** Does not answer when a type is applied, until it is told to go on. */
  | { readonly kind: "held-apply"; readonly type: string };

/** The faults of one stack's providers. */
export class Faults {
  private reads = 0;
  private readonly waiting: (() => void)[] = [];
  private released = false;

  /** @param held called when an apply does not go on */
  constructor(
    private readonly fault: Fault | undefined,
    private readonly held: (type: string) => void,
  ) {}

  /** What a read answers. */
  read(type: string, values: Values): Values {
    if (this.fault?.kind !== "changing-read" || this.fault.type !== type) return values;
    return { ...values, [this.fault.attribute]: `read ${++this.reads} times` };
  }

  /** What is kept of what was applied. */
  kept(values: Values): Values {
    if (this.fault?.kind !== "normalizes-json") return values;
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, respelled(value)]));
  }

  /** Whether what is destroyed goes on existing. */
  outlives(type: string): boolean {
    return this.fault?.kind === "outlives-destroy" && this.fault.type === type;
  }

  /** Waits as long as it was told to. */
  async beforeApply(type: string): Promise<void> {
    if (this.released || this.fault?.kind !== "held-apply" || this.fault.type !== type) return;
    const released = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.held(type);
    await released;
  }

  /** Lets every apply go on. */
  release(): void {
    this.released = true;
    for (const goOn of this.waiting) goOn();
  }
}

function respelled(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  try {
    return JSON.stringify(JSON.parse(value), undefined, 1);
  } catch {
    return value; // Another text that starts with a brace: a template, a password.
  }
}
