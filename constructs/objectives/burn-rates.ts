/** Windows over which the share of failures is recorded, and their hours. */
export const windowHours = { "5m": 1 / 12, "30m": 0.5, "1h": 1, "2h": 2, "6h": 6, "1d": 24, "3d": 72 } as const;
export type BurnWindow = keyof typeof windowHours;

/** When a budget burns so fast that somebody is told. */
export interface Burn {
  /** Share of the whole budget that goes within the long window, in percent. */
  readonly budgetPercent: number;
  readonly long: BurnWindow;
  /** A twelfth of the long one: it tells whether the fire is still burning, so that the alert ends with it. */
  readonly short: BurnWindow;
}

/** Who is told when: somebody is woken, or somebody looks in the morning (The Site Reliability Workbook, chapter 5, table 5-8). */
export const burns = {
  fast: [
    { budgetPercent: 2, long: "1h", short: "5m" },
    { budgetPercent: 5, long: "6h", short: "30m" },
  ],
  slow: [
    { budgetPercent: 10, long: "1d", short: "2h" },
    { budgetPercent: 10, long: "3d", short: "6h" },
  ],
} as const satisfies Readonly<Record<string, readonly Burn[]>>;

/**
 * How many times faster than the window of the objective allows a budget burns that goes so. Never below 1: at that pace it lasts as long as
 * it has to, and nobody has to hear of it. For 30 days these are the 14.4, 6, 3 and 1 of the workbook.
 */
export function burnRateOf({ budgetPercent, long }: Burn, windowDays: number): number {
  return Math.max(1, rounded(((budgetPercent / 100) * windowDays * 24) / windowHours[long]));
}

/** Those whose long window is within that of the objective. */
export function burnsWithin(all: readonly Burn[], windowDays: number): readonly Burn[] {
  return all.filter(({ long }) => windowHours[long] <= windowDays * 24);
}

/** Without the noise of binary fractions: expressions are read by people. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
