import { seriesOf, signalNames, signalSubjects } from "../../constructs/monitoring/signals";
import type { Proof } from "../capability";
import type { EnvironmentJson } from "../environment-json";
import { must, type Finding } from "../finding";
import { Place } from "../place";

/** Series of every signal. */
const signalSeries: ReadonlySet<string> = new Set(
  signalSubjects.flatMap((subject) => signalNames(subject).map((name) => seriesOf(subject, name))),
);

/** What an environment has of something, by name. */
type Listed = ReadonlyMap<string, Place>;

/** Whatever any environment has of something, this one has, too, and it says the same. */
export function sameEverywhere(what: string, listed: (environment: EnvironmentJson) => Listed, said: (value: unknown) => unknown): Proof {
  const lists = new WeakMap<EnvironmentJson, Listed>();
  const listOf = (environment: EnvironmentJson): Listed => {
    const list = lists.get(environment) ?? listed(environment);
    lists.set(environment, list);
    return list;
  };
  const text = (value: unknown) => (isObject(value) ? JSON.stringify(said(value)) : undefined);
  return (_, environment, fleet) => {
    const names = [...new Set(fleet.flatMap((one) => [...listOf(one).keys()]))].sort();
    return names.flatMap((name): readonly Finding[] => {
      const expected = mostCommon(fleet.flatMap((one) => text(listOf(one).get(name)?.value) ?? []));
      if (expected === "[]") return []; // it is about something else
      const own = listOf(environment).get(name) ?? new Place(`${environment.name}-platform`, [`no ${what} ${name}`], undefined);
      return [must(own, (value) => text(value) === expected)];
    });
  };
}

/** Rules of Prometheus by the name of their object; it is kept where the target has a namespace for it. */
export function rules(environment: EnvironmentJson): Listed {
  return new Map(
    environment.parts.manifests("PrometheusRule").map((object) => [String(object.at("metadata", "name").value), object.at("spec")]),
  );
}

/** What rules say of alerts: where there is one, it goes off for the same, after the same time, as bad, and for the same people. */
export function alertsOf(spec: unknown): unknown {
  return rulesOf(spec).flatMap(({ alert, expr, for: after, labels }) => (alert === undefined ? [] : [{ alert, expr, after, labels }]));
}

/** What rules say of objectives: whose they are, and the target. How they are reckoned is the same code. */
export function objectivesOf(spec: unknown): unknown {
  return rulesOf(spec).flatMap(({ expr, labels, record }) => (record === "slo:target:ratio" ? [{ expr, labels }] : []));
}

/** Series that are recorded, but for signals. */
export function recordingsOf(spec: unknown): unknown {
  return rulesOf(spec).flatMap(({ record }) => (record === undefined || isSignal(record) ? [] : record));
}

/** Signals of databases, caches, buckets and the gateway that are recorded: a target may have no way to measure one. */
export function signalsOf(spec: unknown): unknown {
  return rulesOf(spec).flatMap(({ record }) => (record !== undefined && isSignal(record) ? record : []));
}

/** Probes by their name. */
export function probes(environment: EnvironmentJson): Listed {
  return new Map(environment.parts.manifests("Probe").map((object) => [nameOf(object), object]));
}

/** What a probe asks for is reached elsewhere in every environment; that it asks is the same. */
export function probeOf(object: unknown): unknown {
  const { metadata } = object as { readonly metadata?: { readonly name?: unknown } };
  return metadata?.name;
}

/** Dashboards by the name of their ConfigMap. */
export function dashboards(environment: EnvironmentJson): Listed {
  const maps = environment.parts
    .all("kubernetes_config_map_v1")
    .filter((map) => map.at("metadata", "labels", "grafana_dashboard").value !== undefined);
  return new Map(maps.map((map) => [String(map.at("metadata", "name").value), map.at("data")]));
}

/** Dashboards say the same but for the environment's name. */
export function dashboardWithout(environments: readonly string[]): (data: unknown) => unknown {
  const names = new RegExp(`\\b(${environments.join("|")})\\b`, "g");
  return (data) => JSON.stringify(data).replace(names, "");
}

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr?: unknown;
  readonly for?: unknown;
  readonly labels?: unknown;
}

function rulesOf(spec: unknown): readonly Rule[] {
  const { groups } = spec as { readonly groups?: readonly { readonly rules?: readonly Rule[] }[] };
  return Array.isArray(groups) ? groups.flatMap(({ rules: own }) => (Array.isArray(own) ? own : [])) : [];
}

function nameOf(object: Place): string {
  return `${String(object.at("metadata", "namespace").value)}/${String(object.at("metadata", "name").value)}`;
}

function isSignal(record: string): boolean {
  return signalSeries.has(record);
}

/** Of two that are as common the one that says more. */
function mostCommon(texts: readonly string[]): string | undefined {
  const count = (text: string) => texts.filter((other) => other === text).length;
  return [...new Set(texts)].sort((one, other) => count(other) - count(one) || other.length - one.length)[0];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
