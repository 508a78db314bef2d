import type { ChartValues } from "../addons/chart-values";
import { disruptionBudget } from "../addons/disruption-budget";
import type { PlatformSetting } from "../addons/platform-setting";
import type { PodAsk } from "../namespaces/pod-ask";
import { bytesOf } from "../namespaces/quantity";
import type { PodResources } from "../shared/pod-resources";
import { droppedOfApiServer, droppedOfContainers, droppedOfKubelet } from "./dropped-series";
import { grafanaValues } from "./grafana-values";
import type { IMetricsArchive } from "./metrics-archive";

export interface StackValuesProps {
  readonly setting: PlatformSetting;
  /** Where dashboards are looked for. */
  readonly namespace: string;
  /** Secret with Grafana's administrator, fields `admin-user` and `admin-password`. */
  readonly adminSecret: string;
  readonly storageClassName: string;
  /** Where metrics are written to as well. @default nowhere */
  readonly archive?: IMetricsArchive | undefined;
}

/** What a series takes of Prometheus' memory, samples of the last hours included (Robust Perception, "Why does Prometheus use so much RAM?"). */
const bytesPerSeries = 3 * 1024;

/** As much as it asks for once more: queries, and series of pods that are gone. */
const memoryLimitFactor = 2;

/** What each part gets. */
function resourcesOf({ environment, footprint }: PlatformSetting) {
  return {
    operator: footprint.resources("small"),
    prometheus: withRoomFor(environment.observability.metrics.series, footprint.resources("large")),
    alertmanager: footprint.resources("small"),
    grafana: footprint.resources("medium"),
    stateMetrics: footprint.resources("medium"),
    /** Beside Prometheus, Alertmanager and Grafana. */
    sidecar: footprint.resources("small"),
  };
}

/** Memory for so many series, where they need more than is given. */
function withRoomFor(series: number, { limits, requests }: PodResources): PodResources {
  const needed = series * bytesPerSeries;
  const atLeast = (given: string, bytes: number) => (bytesOf(given) >= bytes ? given : `${Math.ceil(bytes / 2 ** 20)}Mi`);
  return {
    requests: { ...requests, memory: atLeast(requests.memory, needed) },
    limits: { ...limits, memory: atLeast(limits.memory, needed * memoryLimitFactor) },
  };
}

/** What the stack asks of its namespace, by container: that counts some pods twice, and only makes room. */
export function stackAsks(setting: PlatformSetting): readonly PodAsk[] {
  const { footprint } = setting;
  const { operator, prometheus, alertmanager, grafana, stateMetrics, sidecar } = resourcesOf(setting);
  return [
    { replicas: 1, resources: operator },
    { replicas: footprint.replicas, resources: prometheus },
    { replicas: footprint.replicas, resources: alertmanager },
    { replicas: 1, resources: grafana },
    { replicas: 1, resources: stateMetrics },
    { replicas: 2 * footprint.replicas + 1, resources: sidecar },
  ];
}

/** Values of the stack. */
export function stackValues(props: StackValuesProps): ChartValues {
  const { setting, storageClassName } = props;
  const { environment, footprint } = setting;
  const resources = resourcesOf(setting);
  const replicated = replicas(props);
  const podDisruptionBudget = disruptionBudget(footprint.replicas);
  const off = { enabled: false };
  return {
    crds: off, // a release of their own has them
    defaultRules: { create: false }, // every alert is one of ours: with a runbook, and tested
    // Nobody reaches these: EKS hides them, on Kind they listen on the node alone.
    kubeControllerManager: off,
    kubeEtcd: off,
    kubeProxy: off,
    kubeScheduler: off,
    kubeApiServer: { serviceMonitor: { metricRelabelings: droppedOfApiServer } },
    kubelet: {
      serviceMonitor: {
        interval: scrapeInterval(props), // else containers are asked every 10 seconds
        probes: false,
        metricRelabelings: droppedOfKubelet,
        cAdvisorMetricRelabelings: droppedOfContainers,
      },
    },
    nodeExporter: off, // a release of its own
    prometheusOperator: {
      resources: resources.operator,
      prometheusConfigReloader: { resources: resources.sidecar },
      // Certificates without jobs. A webhook that is away must not stop every other release with a rule in it.
      admissionWebhooks: { failurePolicy: "Ignore", certManager: { enabled: true } },
    },
    prometheus: {
      podDisruptionBudget,
      serviceAccount: { annotations: { ...props.archive?.serviceAccountAnnotations } },
      prometheusSpec: { ...replicated, ...prometheusSpec(props), resources: resources.prometheus },
    },
    alertmanager: {
      podDisruptionBudget,
      alertmanagerSpec: { ...replicated, resources: resources.alertmanager, storage: volume(storageClassName, 1) },
    },
    "kube-state-metrics": { resources: resources.stateMetrics, ...stateMetrics },
    grafana: grafanaValues({ ...props, environment, resources: { grafana: resources.grafana, sidecar: resources.sidecar } }),
  };
}

function replicas({ setting: { environment, footprint } }: StackValuesProps): ChartValues {
  return {
    replicas: footprint.replicas,
    // Volumes of a stateful set stay behind when it goes, and cost money.
    persistentVolumeClaimRetentionPolicy: { whenDeleted: environment.disposable ? "Delete" : "Retain" },
  };
}

function scrapeInterval({ setting: { environment } }: StackValuesProps): string {
  return `${environment.observability.metrics.intervalSeconds}s`;
}

/** What Prometheus keeps, what it calls it, and who may write to it. */
function prometheusSpec(props: StackValuesProps): ChartValues {
  const { archive, setting, storageClassName } = props;
  const { environment, footprint } = setting;
  const { retentionDays, storageGib } = environment.observability.metrics;
  return {
    ...everyNamespace,
    scrapeInterval: scrapeInterval(props),
    evaluationInterval: scrapeInterval(props),
    retention: `${retentionDays}d`,
    // In GiB, whatever it is called. A full volume stops Prometheus; the log of the last hours needs room as well.
    retentionSize: `${Math.floor(storageGib * 0.85 * 1024)}MB`,
    storageSpec: volume(storageClassName, storageGib),
    externalLabels: { environment: environment.name, ...archive?.labels },
    prometheusExternalLabelNameClear: true, // there is one in each environment
    // Which replica saw it is of use to who merges both. Alerts lose the label, so that both send the same.
    replicaExternalLabelNameClear: footprint.replicas === 1,
    ...(archive === undefined ? {} : { replicaExternalLabelName: archive.replicaLabel, remoteWrite: [archive.remoteWrite] }),
    // What the collector and the traces have is written, by two protocols, and may come some minutes late.
    enableRemoteWriteReceiver: true,
    enableOTLPReceiver: true,
    otlp: { translationStrategy: "UnderscoreEscapingWithSuffixes" }, // the names that rules and dashboards have
    tsdb: { outOfOrderTimeWindow: "10m" },
    enableFeatures: ["exemplar-storage"], // traces of single requests, by which a point of a graph leads to one
  };
}

/** Monitors and rules count wherever they are, not those with the release's label alone. */
const everyNamespace = Object.fromEntries(
  ["serviceMonitor", "podMonitor", "rule", "probe", "scrapeConfig"].map((kind) => [`${kind}SelectorNilUsesHelmValues`, false]),
);

/**
 * Which objects kube-state-metrics tells of. Not of secrets: it would read all of them, for the number of their fields. Not of
 * objects that nothing is asked of, such as every revision of a Deployment.
 */
const stateMetrics = {
  collectors: [
    "cronjobs",
    "daemonsets",
    "deployments",
    "horizontalpodautoscalers",
    "jobs",
    "limitranges",
    "namespaces",
    "nodes",
    "persistentvolumeclaims",
    "persistentvolumes",
    "poddisruptionbudgets",
    "pods",
    "resourcequotas",
    "statefulsets",
  ],
  // Which workload a pod belongs to, and which group a node.
  metricLabelsAllowlist: [
    "pods=[app.kubernetes.io/name,app.kubernetes.io/part-of]",
    "nodes=[evenkeel/node-group,topology.kubernetes.io/zone]",
  ],
  metricDenylist: ["kube_pod_tolerations", "kube_pod_status_(container_ready|initialized|ready|scheduled)_time"],
};

function volume(storageClassName: string, gib: number): ChartValues {
  const spec = { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${gib}Gi` } } };
  return { volumeClaimTemplate: { spec } };
}
