import { Ranges } from "./ranges";

/** Ports on which all of something is reached, and those on which a part of it is. */
export interface Opening {
  readonly whole: Ranges;
  readonly part: Ranges;
}

export const nothing: Opening = { whole: Ranges.none, part: Ranges.none };

/** What both of two allow. */
export function both(one: Opening, other: Opening): Opening {
  const whole = one.whole.and(other.whole);
  if (one.part.empty && other.part.empty) return { whole, part: Ranges.none };
  const some = Ranges.union([one.whole, one.part]).and(Ranges.union([other.whole, other.part]));
  return { whole, part: some.minus(whole) };
}

export function isNothing({ whole, part }: Opening): boolean {
  return whole.empty && part.empty;
}
