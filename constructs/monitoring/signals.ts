/** Something that is measured the same way on every target: a recorded series, whatever it is made of. */
export interface Signal {
  /** What is measured, in words. */
  readonly summary: string;
  readonly unit: "percent" | "ratio" | "seconds" | "hours" | "days" | "bytes" | "count" | "per second" | "per minute";
  /** Labels of the series, beside those of Prometheus itself. */
  readonly labels: readonly string[];
}

const database = ["database"] as const;
const databaseNode = ["database", "node"] as const;
const cache = ["cache"] as const;
const cacheNode = ["cache", "node"] as const;

/**
 * Every signal of what an environment has one of, by what it is a signal of. Rules of each variant record it as
 * {@link seriesOf} says; alerts and dashboards ask for nothing else, so that they are the same everywhere.
 */
export const signals = {
  database: {
    up: { summary: "servers that answer", unit: "count", labels: database },
    cpu: { summary: "CPU in use", unit: "percent", labels: databaseNode },
    memory: { summary: "memory in use", unit: "percent", labels: databaseNode },
    storage: { summary: "volume in use", unit: "percent", labels: databaseNode },
    connections: { summary: "connections in use", unit: "percent", labels: databaseNode },
    replicationLag: { summary: "replicas behind the primary", unit: "seconds", labels: databaseNode },
    backupAge: { summary: "age of the newest backup", unit: "hours", labels: database },
    size: { summary: "size of the data", unit: "bytes", labels: database },
    transactions: { summary: "transactions", unit: "per second", labels: database },
    deadlocks: { summary: "deadlocks", unit: "per minute", labels: database },
    cacheHits: { summary: "reads that the buffers answered", unit: "ratio", labels: database },
  },
  cache: {
    up: { summary: "nodes that answer", unit: "count", labels: cache },
    cpu: { summary: "CPU in use", unit: "percent", labels: cacheNode },
    memory: { summary: "memory in use", unit: "percent", labels: cacheNode },
    evictions: { summary: "keys that gave way", unit: "per minute", labels: cacheNode },
    connections: { summary: "connections in use", unit: "percent", labels: cacheNode },
    replicationLag: { summary: "replicas behind the primary", unit: "seconds", labels: cacheNode },
    keys: { summary: "keys", unit: "count", labels: cache },
    commands: { summary: "commands", unit: "per second", labels: cache },
    hits: { summary: "reads that found a key", unit: "ratio", labels: cache },
  },
  objectStore: {
    size: { summary: "size of a bucket", unit: "bytes", labels: ["bucket"] },
    objects: { summary: "objects of a bucket", unit: "count", labels: ["bucket"] },
  },
  gateway: {
    requests: { summary: "requests", unit: "per second", labels: [] },
    connections: { summary: "open connections", unit: "count", labels: [] },
    errors: { summary: "requests that ended with a status of 500 or more", unit: "ratio", labels: [] },
    latency: { summary: "time until an answer, on average", unit: "seconds", labels: [] },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Signal>>>>;

/** What signals are of. */
export type SignalSubject = keyof typeof signals;

/** Signals of a subject. */
export type SignalName<Subject extends SignalSubject> = keyof (typeof signals)[Subject] & string;

/** How each signal is measured somewhere, in PromQL; undefined for what does not exist there. */
export type SignalExpressions<Subject extends SignalSubject> = Readonly<Record<SignalName<Subject>, string | undefined>>;

/** Everything that signals are of. */
export const signalSubjects = Object.keys(signals) as readonly SignalSubject[];

/** Names of all signals of a subject. */
export function signalNames<Subject extends SignalSubject>(subject: Subject): readonly SignalName<Subject>[] {
  return Object.keys(signals[subject]).filter((name): name is SignalName<Subject> => name in signals[subject]);
}

/** A signal, for who knows its name only when the program runs. */
export function signalOf<Subject extends SignalSubject>(subject: Subject, name: SignalName<Subject>): Signal {
  return signals[subject][name] as Signal;
}

/** Name of the recorded series, e.g. `database:replication_lag:seconds`. */
export function seriesOf<Subject extends SignalSubject>(subject: Subject, name: SignalName<Subject>): string {
  return [subject, name, signalOf(subject, name).unit].map(snakeCase).join(":");
}

function snakeCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/ /g, "_");
}
