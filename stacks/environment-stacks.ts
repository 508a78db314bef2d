import type { App } from "cdktf";
import type { Application } from "../applications/application";
import { catalogFor, type Layer } from "../constructs/catalog";
import type { Environment } from "../environments/environment";
import { AppsStack } from "./apps-stack";
import { ClusterStack } from "./cluster-stack";
import { DataStack } from "./data-stack";
import type { LayerStack } from "./layer-stack";
import { PlatformStack } from "./platform-stack";
import { StateStack } from "./state-stack";

/** An environment with its stacks. */
export interface EnvironmentStacks {
  readonly environment: Environment;
  readonly state: StateStack;
  readonly cluster: ClusterStack;
  readonly platform: PlatformStack;
  readonly data: DataStack;
  readonly apps: AppsStack;
  /** The stacks in the order in which they are deployed. */
  readonly ordered: readonly LayerStack[];
}

/** Composes an environment: every layer from the catalog of its target, each after the one it needs. */
export function composeEnvironment(app: App, environment: Environment, applications: readonly Application[]): EnvironmentStacks {
  const catalog = catalogFor(environment);
  const shared = { environment, catalog };

  const state = new StateStack(app, shared);
  const cluster = new ClusterStack(app, shared);
  const platform = new PlatformStack(app, { ...shared, network: cluster.network, cluster: cluster.cluster });

  const data = new DataStack(app, { ...shared, network: cluster.network, cluster: cluster.cluster, platform });

  const apps = new AppsStack(app, { ...shared, cluster: cluster.cluster, platform, data, applications });

  const stacks: Partial<Record<Layer, LayerStack>> = { state, cluster, platform, data, apps };
  const ordered = catalog.order.flatMap((layer) => stacks[layer] ?? []);
  // A literal that crosses from stack to stack creates no dependency; only this keeps the order.
  for (const [index, stack] of ordered.entries()) {
    const earlier = ordered[index - 1];
    if (earlier) stack.addDependency(earlier);
  }
  return { environment, state, cluster, platform, data, apps, ordered };
}
