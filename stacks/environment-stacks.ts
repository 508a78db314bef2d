import type { App } from "cdktf";
import { catalogFor, type Layer } from "../constructs/catalog";
import type { Environment } from "../environments/environment";
import { ClusterStack } from "./cluster-stack";
import type { LayerStack } from "./layer-stack";
import { PlatformStack } from "./platform-stack";
import { StateStack } from "./state-stack";

/** The stacks of one environment, by layer. */
export interface EnvironmentStacks {
  readonly state: StateStack;
  readonly cluster: ClusterStack;
  readonly platform: PlatformStack;
}

/** Composes an environment: every layer from the catalog of its target, each after the one it needs. */
export function composeEnvironment(app: App, environment: Environment): EnvironmentStacks {
  const catalog = catalogFor(environment);
  const shared = { environment, catalog };

  const state = new StateStack(app, shared);
  const cluster = new ClusterStack(app, shared);
  const platform = new PlatformStack(app, { ...shared, cluster: cluster.cluster });

  const stacks: Partial<Record<Layer, LayerStack>> = { state, cluster, platform };
  const ordered = catalog.order.flatMap((layer) => stacks[layer] ?? []);
  // A literal that crosses from stack to stack creates no dependency; only this keeps the order.
  ordered.forEach((stack, index) => ordered.slice(index - 1, index).forEach((earlier) => stack.addDependency(earlier)));
  return { state, cluster, platform };
}
