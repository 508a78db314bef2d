type Range = readonly [first: number, last: number];

/** A set of whole numbers: addresses are numbers, and so are ports. */
export class Ranges {
  static readonly none = new Ranges([]);

  private constructor(readonly list: readonly Range[]) {}

  /** @param ranges first and last number of each, in any order */
  static of(...ranges: readonly Range[]): Ranges {
    if (ranges.length === 0) return Ranges.none;
    const merged: [number, number][] = [];
    for (const [first, last] of [...ranges].sort(([one], [other]) => one - other)) {
      const previous = merged.at(-1);
      if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
      else merged.push([first, last]);
    }
    return new Ranges(merged);
  }

  static union(all: readonly Ranges[]): Ranges {
    const [only = Ranges.none, ...others] = all.filter(({ empty }) => !empty);
    if (others.length === 0) return only;
    return Ranges.of(...all.flatMap(({ list }) => list));
  }

  get empty(): boolean {
    return this.list.length === 0;
  }

  and(other: Ranges): Ranges {
    const shared: Range[] = [];
    for (const [first, last] of this.list) {
      for (const [from, to] of other.list) {
        if (first <= to && from <= last) shared.push([Math.max(first, from), Math.min(last, to)]);
      }
    }
    return shared.length === 0 ? Ranges.none : new Ranges(shared); // in order, and apart, as those of both are
  }

  minus(other: Ranges): Ranges {
    if (this.empty) return this;
    return other.list.reduce((left, [from, to]) => new Ranges(left.list.flatMap((range) => without(range, from, to))), this as Ranges);
  }

  /** Whether something in another set is in this one. */
  meets(other: Ranges): boolean {
    return this.list.some(([first, last]) => other.list.some(([from, to]) => first <= to && from <= last));
  }

  /** Whether everything in another set is in this one. */
  covers(other: Ranges): boolean {
    return other.list.every(([first, last]) => this.list.some(([from, to]) => from <= first && last <= to));
  }
}

function without([first, last]: Range, from: number, to: number): Range[] {
  const before: Range = [first, Math.min(last, from - 1)];
  const after: Range = [Math.max(first, to + 1), last];
  return to < first || last < from ? [[first, last]] : [before, after].filter(([one, other]) => one <= other);
}
