import type { ChartValues } from "../addons/chart-values";
import { disruptionBudget } from "../addons/disruption-budget";
import type { PlatformSetting } from "../addons/platform-setting";
import type { PodAsk } from "../namespaces/pod-ask";
import type { Footprint } from "../shared/footprint";

interface StackValuesProps {
  readonly setting: PlatformSetting;
  /** Where dashboards are looked for. */
  readonly namespace: string;
  /** Secret with Grafana's administrator, fields `admin-user` and `admin-password`. */
  readonly adminSecret: string;
  readonly storageClassName: string;
}

/** What each part gets. */
function resourcesOf(footprint: Footprint) {
  return {
    operator: footprint.resources("medium"),
    prometheus: footprint.resources("large"),
    alertmanager: footprint.resources("small"),
    grafana: footprint.resources("medium"),
    stateMetrics: footprint.resources("medium"),
    /** Beside Prometheus, Alertmanager (one each) and Grafana (two). */
    sidecar: footprint.resources("small"),
  };
}

/** How long metrics are kept, and the volume for them: an idle cluster writes about 1 GiB a day, a busy one five. */
function keptMetrics({ replicas }: Footprint) {
  return replicas > 1 ? { retention: "15d", gib: 100 } : { retention: "7d", gib: 20 };
}

/** What the stack asks of its namespace, by container: that counts some pods twice, and only makes room. */
export function stackAsks({ footprint }: PlatformSetting): readonly PodAsk[] {
  const { operator, prometheus, alertmanager, grafana, stateMetrics, sidecar } = resourcesOf(footprint);
  return [
    { replicas: 1, resources: operator },
    { replicas: footprint.replicas, resources: prometheus },
    { replicas: footprint.replicas, resources: alertmanager },
    { replicas: 1, resources: grafana },
    { replicas: 1, resources: stateMetrics },
    { replicas: 2 * footprint.replicas + 2, resources: sidecar },
  ];
}

/** Values of the stack. */
export function stackValues(props: StackValuesProps): ChartValues {
  const { environment, footprint } = props.setting;
  const resources = resourcesOf(footprint);
  const { retention, gib } = keptMetrics(footprint);
  const replicated = {
    replicas: footprint.replicas,
    // Volumes of a stateful set stay behind when it goes, and cost money.
    persistentVolumeClaimRetentionPolicy: { whenDeleted: environment.disposable ? "Delete" : "Retain" },
  };
  const podDisruptionBudget = disruptionBudget(footprint.replicas);
  const off = { enabled: false };
  return {
    crds: off, // a release of their own has them
    // Nobody reaches these: EKS hides them, on Kind they listen on the node alone.
    kubeControllerManager: off,
    kubeEtcd: off,
    kubeProxy: off,
    kubeScheduler: off,
    nodeExporter: { ...off, forceDeployDashboards: true }, // a release of its own, but its dashboards
    prometheusOperator: {
      resources: resources.operator,
      prometheusConfigReloader: { resources: resources.sidecar },
      // Certificates without jobs. A webhook that is away must not stop every other release with a rule in it.
      admissionWebhooks: { failurePolicy: "Ignore", certManager: { enabled: true } },
    },
    prometheus: {
      podDisruptionBudget,
      prometheusSpec: {
        ...replicated,
        ...everyNamespace,
        resources: resources.prometheus,
        retention,
        retentionSize: `${gib * 0.85}GB`, // a full volume stops Prometheus; the log of the last hours needs room as well
        storageSpec: volume(props.storageClassName, gib),
      },
    },
    alertmanager: {
      podDisruptionBudget,
      alertmanagerSpec: { ...replicated, resources: resources.alertmanager, storage: volume(props.storageClassName, 1) },
    },
    "kube-state-metrics": {
      resources: resources.stateMetrics,
      collectorsExclude: ["secrets"], // else it may read all of them, for the number of their fields
    },
    grafana: grafanaValues(props),
  };
}

/** Monitors and rules count wherever they are, not those with the release's label alone. */
const everyNamespace = Object.fromEntries(
  ["serviceMonitor", "podMonitor", "rule", "probe", "scrapeConfig"].map((kind) => [`${kind}SelectorNilUsesHelmValues`, false]),
);

function grafanaValues({ setting: { environment, footprint }, namespace, adminSecret, storageClassName }: StackValuesProps): ChartValues {
  const resources = resourcesOf(footprint);
  const persistent = !environment.disposable;
  return {
    admin: { existingSecret: adminSecret, userKey: "admin-user", passwordKey: "admin-password" },
    resources: resources.grafana,
    // Only what people click together is kept here: dashboards and data sources are provisioned.
    persistence: { enabled: persistent, size: "5Gi", storageClassName },
    deploymentStrategy: { type: persistent ? "Recreate" : "RollingUpdate" }, // the volume goes to one pod at a time
    initChownData: { enabled: false }, // runs as root; the pod's group owns the volume anyway
    testFramework: { enabled: false },
    rbac: { namespaced: true }, // else it may read every secret of the cluster
    sidecar: { resources: resources.sidecar, dashboards: { searchNamespace: namespace } },
    // It has no way to the internet.
    env: {
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
      GF_ANALYTICS_REPORTING_ENABLED: "false",
      GF_NEWS_NEWS_FEED_ENABLED: "false",
      GF_PLUGINS_PREINSTALL_DISABLED: "true",
    },
  };
}

function volume(storageClassName: string, gib: number): ChartValues {
  const spec = { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${gib}Gi` } } };
  return { volumeClaimTemplate: { spec } };
}
