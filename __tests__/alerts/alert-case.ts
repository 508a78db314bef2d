/** What Prometheus sees, minute by minute, and for how long. */
export interface Seen {
  /** Values by series, as promtool writes them: `{ 'up{job="a"}': "0x30" }`. */
  readonly series: Readonly<Record<string, string>>;
  /** When it is looked, from the beginning: `20m`. */
  readonly after: string;
}

/** When an alert fires, and when it does not. */
export interface AlertCase {
  /** @param labels of the alert that fires, beside severity, owner and what the alert itself adds */
  readonly fires: Seen & { readonly labels?: Readonly<Record<string, string>> };
  readonly quiet: Seen;
}

/** Cases by the name of the alert. */
export type AlertCases = Readonly<Record<string, AlertCase>>;
