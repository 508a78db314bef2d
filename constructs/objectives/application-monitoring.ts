import { Construct } from "constructs";
import { serves, type Application } from "../../applications/application";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path } from "../connections/path";
import { ruleObject } from "../monitoring/rule-object";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { routeProbes } from "../probes/route-probes";
import { serversOf } from "../workload/workload-labels";
import type { WorkloadSetting } from "../workload/workload-setting";
import { applicationRules } from "./application-rules";
import { workloadMonitor } from "./workload-monitor";

export interface ApplicationMonitoringProps {
  readonly setting: WorkloadSetting;
  readonly application: Application;
  readonly namespace: GuardedNamespace;
  /** What is watched: nobody is to be woken before it has started for the first time. */
  readonly running: readonly Installed[];
}

/** A workload that is asked for metrics. */
interface Asked {
  readonly monitor: ReturnType<typeof workloadMonitor>;
  readonly path: Path;
}

/** How an application is watched: monitors, probes and rules of all its workloads, in one release. */
export class ApplicationMonitoring extends Construct {
  /** Escape hatch. @default there is nothing to watch */
  readonly resource?: Manifests;

  /** @throws ConfigurationError with everything that is wrong with a rule */
  constructor(
    scope: Construct,
    id: string,
    { application, namespace, running, setting: { ingress, setting } }: ApplicationMonitoringProps,
  ) {
    super(scope, id);
    const { environment, places } = setting;
    const { name, owner } = application;
    const asked = askedFor(application);
    const groups = applicationRules(application);
    const resources = [
      ...asked.map(({ monitor }) => monitor),
      ...routeProbes(application, ingress),
      ...(groups.length > 0 ? [ruleObject(this.node.path, { environment, namespace: name, name, groups, owner })] : []),
    ];
    if (resources.length === 0) return;
    const policies = new NetworkPolicies(this, "Paths", { owner: `${name}-metrics`, places, paths: asked.map(({ path }) => path) });
    const requires: readonly Installed[] = [{ installed: [...namespace.guards, ...policies.resources] }, ...running];
    this.resource = new Manifests(this, "Watched", { release: `${name}-monitoring`, namespace, resources, requires });
  }
}

function askedFor({ name: application, workloads }: Application): readonly Asked[] {
  return Object.entries(workloads).flatMap(([workload, intent]) => {
    if (!serves(intent) || intent.metrics === undefined) return [];
    const { metrics, ports = [] } = intent;
    const place = { application, workload };
    const port = ports.filter(({ name }) => name === metrics.port);
    const path = { from: telemetry.prometheus.pods, to: serversOf(place), ports: port.map(({ port: number }) => ({ port: number })) };
    return [{ monitor: workloadMonitor(place, metrics), path }];
  });
}
