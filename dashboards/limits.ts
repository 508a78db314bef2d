import type { Threshold } from "@grafana/grafana-foundation-sdk/dashboard";

/** From which value on a panel shows which color, the lowest first. */
export type Limits = readonly Threshold[];

/** For what is neither good nor bad, e.g. a number of requests. */
export const noLimit: Limits = [{ color: "blue", value: null }];

/** For what is bad when it is much. */
export function above(warning: number, critical?: number): Limits {
  return [
    { color: "green", value: null },
    { color: "orange", value: warning },
    ...(critical === undefined ? [] : [{ color: "red", value: critical }]),
  ];
}

/** For what is bad when it is little: green from `warning` on, orange from `critical` on. */
export function below(warning: number, critical: number): Limits {
  return [
    { color: "red", value: null },
    { color: "orange", value: critical },
    { color: "green", value: warning },
  ];
}

/** For what has to be none. */
export const none: Limits = [
  { color: "green", value: null },
  { color: "red", value: 1 },
];

/** For a share that has to be all of it. */
export const whole: Limits = [
  { color: "red", value: null },
  { color: "green", value: 1 },
];
