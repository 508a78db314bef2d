import type { Canary } from "../canaries/canary";
import type { Misplaced } from "../canaries/misplaced-canaries";
import type { Attachments } from "../protocol/attachment";
import type { Values } from "../protocol/values";
import type { Fault } from "./faults";

/** A stack to serve providers for. */
export interface ServedStack {
  readonly stack: string;
  /** Fully qualified, e.g. `registry.terraform.io/hashicorp/aws`. */
  readonly sources: readonly string[];
  /** Resource types, and data sources as `data.<type>`: a provider serves no others, a large schema is slow. */
  readonly types: readonly string[];
  /** @default none */
  readonly fault?: Fault;
  /** Running providers that stand in for simulated ones, with the types of the stack only. @default none */
  readonly real?: Attachments;
}

/** What the process of the simulated providers can be asked, and what it answers. */
export interface Questions {
  /** Serves a stack, from now on; answers with the value of `TF_REATTACH_PROVIDERS`. */
  serve(served: ServedStack): Promise<string>;
  /** Changes what exists, behind the engine's back. */
  drift(drift: { readonly key: string; readonly values: Values }): void;
  /** Types of what a stack has created and not destroyed, one for each object. */
  remaining(stack: string): readonly string[];
  /** Secrets that providers have given out, those of all stacks; and what a stack's providers were given of them where none may be. */
  canaries(stack: string): { readonly given: readonly Canary[]; readonly misplaced: readonly Misplaced[] };
  /** Ends a stack's providers; what it has created stays. */
  end(stack: string): void;
  /** Lets what a stack's fault holds go on. */
  release(stack: string): void;
  /** The largest resident set of the process, in 1,000,000 bytes. */
  peakMegabytes(): number;
}

/** A question on its way. */
export interface Question {
  readonly id: number;
  readonly name: keyof Questions;
  readonly argument: unknown;
}

/** An answer, or that a fault holds an apply. */
export type Message =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly held: { readonly stack: string; readonly type: string } };
