import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { scrapedPods, type ScrapedPods } from "../addons/addon-metrics";
import type { HelmAddon } from "../addons/helm-addon";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { PlatformSetting } from "../addons/platform-setting";
import { NetworkPolicies } from "../connections/network-policies";
import type { PodMonitor } from "./pod-monitor";
import type { PrometheusOperatorCrds } from "./prometheus-operator-crds";
import { telemetry } from "./telemetry";

export interface AddonMonitorsProps {
  readonly setting: PlatformSetting;
  /** Monitors are kept in their namespace. */
  readonly crds: PrometheusOperatorCrds;
  /** Every add-on; those that name no pods are left out. */
  readonly addons: readonly HelmAddon[];
}

const name = "addon-monitors";

/**
 * Histograms of the libraries that controllers are written with: how long each request to the API server took, by verb and
 * host, and how long each item waited. They are most of what a controller tells, and nobody asks for them.
 */
const ofLibraries = "(apiserver|controller_runtime_webhook|etcd|go|grpc|rest_client|workqueue)_.+_bucket";

/**
 * What Prometheus asks the add-ons themselves: a monitor and a path for all pods that they name, made in one place once every
 * add-on is known. Series are told apart by `job`, which is the chart's name.
 */
export class AddonMonitors extends Construct implements Installed {
  /** Escape hatch. */
  readonly monitors: Manifests;
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { setting, crds, addons }: AddonMonitorsProps) {
    super(scope, id);
    const { namespace } = crds;
    const targets = addons.flatMap(({ chart, metrics }) => scrapedPods(metrics).map((pods) => ({ job: chart, ...pods })));
    const paths = new NetworkPolicies(this, "Paths", {
      owner: name,
      places: setting.places,
      paths: targets.map(({ pods, port }) => ({ from: telemetry.prometheus.pods, to: pods, ports: [{ port }] })),
    });
    const ofJob = (target: ScrapedPods) => targets.filter(({ job }) => job === target.job);
    this.monitors = new Manifests(this, "Monitors", {
      release: name,
      namespace,
      resources: targets.map((target) => podMonitor(namespace.namespaceName, ofJob(target).indexOf(target), target)),
      requires: [crds],
    });
    this.installed = [...paths.resources, ...this.monitors.installed];
  }
}

function podMonitor(
  namespace: string,
  index: number,
  { job, path, pods, port, scheme }: ScrapedPods & { readonly job: string },
): PodMonitor {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: index === 0 ? job : `${job}-${index + 1}`, namespace },
    spec: {
      selector: { matchLabels: { ...pods.labels } },
      namespaceSelector: { matchNames: [pods.namespace] },
      podMetricsEndpoints: [
        {
          portNumber: port,
          honorLabels: true, // what a certificate, a secret or a scaler is called and where it is, not who tells of it
          ...(path === undefined ? {} : { path }),
          ...(scheme === undefined ? {} : { scheme }),
          ...(scheme === "https" ? { tlsConfig: { insecureSkipVerify: true } } : {}),
          relabelings: [{ targetLabel: "job", replacement: job }],
          metricRelabelings: [{ action: "drop", sourceLabels: ["__name__"], regex: ofLibraries }],
        },
      ],
    },
  };
}
