import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path } from "../connections/path";
import { charts, type ChartName } from "../ledger/charts";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { PodAsk } from "../namespaces/pod-ask";
import { refuse } from "../shared/errors";
import { requireName } from "../shared/kubernetes-names";
import type { AddonMetrics } from "./addon-metrics";
import { mergedValues, type ChartValues } from "./chart-values";
import { installedBeside, type Installed } from "./installed";
import type { PlatformSetting } from "./platform-setting";
import { valueProblems } from "./value-problems";
import { valuesDocument } from "./values-document";
import { wholeRelease } from "./whole-release";

export interface HelmAddonProps {
  readonly setting: PlatformSetting;
  readonly chart: ChartName;
  /** Name of the release. @default the chart's */
  readonly release?: string;
  /** Where it is installed. Only what cannot live elsewhere goes into `kube-system`, which has no guards. */
  readonly namespace: GuardedNamespace | "kube-system";
  readonly values: ChartValues;
  /** How Prometheus learns of its pods. */
  readonly metrics: AddonMetrics;
  /** Pods that the chart starts; the namespace's quota leaves room for them. @default none */
  readonly asks?: readonly PodAsk[];
  /** Who its pods talk to, and who to them. @default nobody */
  readonly paths?: readonly Path[];
  /** What has to run before. @default nothing */
  readonly requires?: readonly Installed[];
  /** How long the release may take, in seconds. @default 600: an image of 500 MB on a slow line */
  readonly timeoutSeconds?: number;
  /** Whether the chart's own `crds/` are left out, because another release has them. @default false */
  readonly skipCrds?: boolean;
}

/** A Helm chart of the ledger in the cluster, all of it or, when it fails, none. */
export class HelmAddon extends Construct implements Installed, Recorded {
  /** Escape hatch. */
  readonly resource: Release;
  readonly installed: readonly ITerraformDependable[];
  /** The chart's line in the ledger. */
  readonly ledgerEntries: LedgerEntries;
  readonly chart: ChartName;
  readonly metrics: AddonMetrics;
  /** Pods that the namespace's quota leaves room for. */
  readonly asks: readonly PodAsk[];

  /** @throws ConfigurationError when the chart does not know a value, or a name is too long */
  constructor(scope: Construct, id: string, props: HelmAddonProps) {
    super(scope, id);
    const { chart, setting, namespace } = props;
    this.chart = chart;
    this.metrics = props.metrics;
    this.asks = props.asks ?? [];
    const { source, version } = charts[chart];
    this.ledgerEntries = { [chart]: charts[chart] };
    const release = requireName(this, "release", props.release ?? chart, "release");
    const values = this.checkedValues(props);
    // Nothing starts before it may talk: a release that waits for denied pods would only run into its timeout.
    const policies = new NetworkPolicies(this, "Paths", { owner: release, places: setting.places, paths: props.paths ?? [] });
    if (namespace !== "kube-system") namespace.expect(this.asks);
    this.resource = new Release(this, "Resource", {
      ...wholeRelease,
      name: release,
      namespace: namespace === "kube-system" ? namespace : namespace.resource.metadata.name,
      chart,
      repository: source,
      version,
      values: [valuesDocument(values)],
      waitForJobs: true,
      timeout: props.timeoutSeconds ?? 600,
      skipCrds: props.skipCrds ?? false,
      dependsOn: [
        ...(namespace === "kube-system" ? [] : namespace.guards),
        ...policies.resources,
        ...installedBeside(this, props.requires ?? []),
      ],
    });
    this.installed = [this.resource];
  }

  /** The add-on's values, with those of the environment over them. */
  private checkedValues({ chart, setting: { environment }, values }: HelmAddonProps): ChartValues {
    const own = (environment.addonValues[chart] ?? {}) as ChartValues;
    refuse([
      ...valueProblems(`${environment.name}.addonValues.${chart}`, chart, own),
      ...valueProblems(`${this.node.path}.values`, chart, values),
    ]);
    return mergedValues(values, own);
  }
}
