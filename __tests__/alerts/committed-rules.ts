import type { AlertingRule, PrometheusRule, RecordingRule } from "../../constructs/monitoring/prometheus-rule";
import { environmentNames } from "../../environments/environment";
import { manifestsOf } from "../released";
import { synthesizedEnvironments } from "../stacks/synthesized-environments";
import type { SynthesizedStack } from "../synthesized";

/** Rules of one object, and whose it is. */
export interface CommittedRules {
  /** Name of the environment. */
  readonly environment: string;
  /** Unique: environment, layer, namespace and name. */
  readonly name: string;
  readonly groups: PrometheusRule["spec"]["groups"];
}

/** Every object with rules, as Prometheus reads it, of every committed environment. */
export function committedRules(): readonly CommittedRules[] {
  const committed = Object.entries(synthesizedEnvironments().stacks);
  return environmentNames.flatMap((environment) =>
    rulesOf(
      environment,
      committed.filter(([stack]) => stack.startsWith(`${environment}-`)),
    ),
  );
}

function rulesOf(environment: string, stacks: readonly (readonly [string, SynthesizedStack])[]): readonly CommittedRules[] {
  return stacks.flatMap(([stackName, stack]) =>
    manifestsOf(stack)
      .filter(({ kind }) => kind === "PrometheusRule")
      .map(({ metadata, spec }) => ({
        environment,
        name: [environment, stackName, metadata.namespace, metadata.name].join("-").replaceAll(" ", "-"),
        groups: (spec as unknown as PrometheusRule["spec"]).groups,
      })),
  );
}

/** Alerts of objects. */
export function alertsOf(objects: readonly CommittedRules[]): readonly AlertingRule[] {
  return objects.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.filter((rule) => "alert" in rule)));
}

/** Recorded series of objects. */
export function recordingsOf(objects: readonly CommittedRules[]): readonly RecordingRule[] {
  return objects.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.filter((rule) => "record" in rule)));
}
