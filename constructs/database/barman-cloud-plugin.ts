import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { Installed } from "../addons/installed";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths } from "../connections/path";
import { operatorPods, type CloudNativePg } from "./cloud-native-pg";

export interface BarmanCloudPluginProps extends AddonProps {
  /** Whose plugin it is. It finds plugins in its own namespace only. */
  readonly operator: CloudNativePg;
  /** Signs the certificates by which operator and plugin know each other. */
  readonly certManager: Installed;
}

const defaults = { chart: "plugin-barman-cloud" } as const;

/** Backups of PostgreSQL to object stores: what CloudNativePG asks since it has no part of its own for that. */
export class BarmanCloudPlugin extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, operator, certManager }: BarmanCloudPluginProps) {
    const pods = { namespace: operator.namespace.namespaceName, labels: { "app.kubernetes.io/name": defaults.chart } };
    const resources = setting.footprint.resources("small");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace: operator.namespace,
      asks: [{ replicas: 1, resources }],
      paths: [...operatorPaths(pods), { from: operatorPods, to: pods, ports: [{ port: 9090 }] }],
      requires: [operator, certManager],
      values: { resources }, // one replica: the operator bears no rolling update of it yet
      metrics: { none: "the chart switches them off; how backups went is told by the servers that are backed up" },
    });
  }
}
