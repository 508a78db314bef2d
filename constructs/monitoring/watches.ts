import type { SignalName, SignalSubject } from "./signals";

/** A signal that somebody is told about when it gets out of hand. */
export interface Watch {
  /** What is measured, in words. */
  readonly summary: string;
  readonly unit: "percent" | "ratio" | "seconds" | "hours" | "per minute";
  /** Out of hand above this. */
  readonly above: number;
  /** Nobody may sleep above this. Only in Prometheus: an alarm of CloudWatch knows no severity. @default nothing is that urgent */
  readonly critical?: number;
  /** How long it has to last. */
  readonly forMinutes: number;
}

/**
 * What is watched, the same on every target: rules of Prometheus are made of this list and, for what AWS runs, alarms of CloudWatch, which
 * go on when the cluster does not. A watch is called like the signal that it is of.
 */
export const watches = {
  database: {
    cpu: { summary: "CPU in use", unit: "percent", above: 80, forMinutes: 15 },
    memory: { summary: "memory in use", unit: "percent", above: 90, forMinutes: 15 },
    storage: { summary: "volume in use", unit: "percent", above: 85, critical: 95, forMinutes: 5 },
    connections: { summary: "connections in use", unit: "percent", above: 80, forMinutes: 5 },
    replicationLag: { summary: "replicas behind the primary", unit: "seconds", above: 30, forMinutes: 5 },
    backupAge: { summary: "age of the newest backup", unit: "hours", above: 26, forMinutes: 60 }, // a day, and time to finish
  },
  cache: {
    cpu: { summary: "CPU in use", unit: "percent", above: 80, forMinutes: 15 },
    memory: { summary: "memory in use", unit: "percent", above: 90, forMinutes: 15 },
    evictions: { summary: "keys that gave way", unit: "per minute", above: 100, forMinutes: 15 },
    connections: { summary: "connections in use", unit: "percent", above: 80, forMinutes: 5 },
    replicationLag: { summary: "replicas behind the primary", unit: "seconds", above: 30, forMinutes: 5 },
  },
  gateway: {
    errors: { summary: "requests that ended with a status of 500 or more", unit: "ratio", above: 0.01, critical: 0.05, forMinutes: 5 },
  },
} as const satisfies { readonly [Subject in SignalSubject]?: { readonly [Name in SignalName<Subject>]?: Watch } };

/** What is watched as a whole. */
export type Watched = keyof typeof watches;

/** What is watched of it. */
export type WatchName<Subject extends Watched> = keyof (typeof watches)[Subject] & string;
