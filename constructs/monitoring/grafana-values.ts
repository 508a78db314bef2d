import type { ChartValue, ChartValues } from "../addons/chart-values";
import type { Environment } from "../../environments/environment";
import type { PodResources } from "../shared/pod-resources";
import { dataSources } from "./data-sources";

export interface GrafanaValuesProps {
  readonly environment: Environment;
  /** Where dashboards are looked for. */
  readonly namespace: string;
  /** Secret with the administrator, fields `admin-user` and `admin-password`. */
  readonly adminSecret: string;
  readonly storageClassName: string;
  readonly resources: { readonly grafana: PodResources; readonly sidecar: PodResources };
}

/** How a ConfigMap in the namespace `monitoring` becomes a dashboard: by this label, in the folder that the annotation names. */
export const dashboardMarks = { label: "grafana_dashboard", value: "1", folder: "grafana_folder" } as const;

/** Values of Grafana. Dashboards and data sources are provisioned; nobody changes them by hand. */
export function grafanaValues({ environment, namespace, adminSecret, storageClassName, resources }: GrafanaValuesProps): ChartValues {
  const persistent = !environment.disposable;
  return {
    admin: { existingSecret: adminSecret, userKey: "admin-user", passwordKey: "admin-password" },
    resources: resources.grafana,
    // Only what people click together is kept here.
    persistence: { enabled: persistent, size: "5Gi", storageClassName },
    deploymentStrategy: { type: persistent ? "Recreate" : "RollingUpdate" }, // the volume goes to one pod at a time
    initChownData: { enabled: false }, // runs as root; the pod's group owns the volume anyway
    testFramework: { enabled: false },
    rbac: { namespaced: true }, // else it may read every secret of the cluster
    defaultDashboardsEnabled: false,
    sidecar: {
      resources: resources.sidecar,
      dashboards: {
        label: dashboardMarks.label,
        labelValue: dashboardMarks.value,
        searchNamespace: namespace,
        folderAnnotation: dashboardMarks.folder,
        provider: { foldersFromFilesStructure: true, allowUiUpdates: false },
      },
      // They are in the chart's own file, below: no second sidecar has to look for them.
      datasources: { enabled: false },
    },
    datasources: {
      "datasources.yaml": {
        apiVersion: 1,
        prune: true,
        datasources: dataSources(environment) as readonly object[] as readonly ChartValue[],
      },
    },
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
