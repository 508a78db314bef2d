import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type DataSourceRef,
  type VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { blanks } from "./blanks";

/** The Prometheus of the chosen environment. */
export const prometheus: DataSourceRef = { type: "prometheus", uid: "${environment}" };

interface Choice {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Values that can be chosen. */
  readonly query: string;
}

const namespaces: Choice = {
  name: "namespace",
  label: "Namespace",
  description: "Where workloads run",
  query: "label_values(kube_pod_info, namespace)",
};

const workloads: Choice = {
  name: "workload",
  label: "Workload",
  description: "What runs in these namespaces",
  query: 'label_values(kube_pod_labels{namespace=~"$namespace", label_app_kubernetes_io_name!=""}, label_app_kubernetes_io_name)',
};

/**
 * Variables of a dashboard. An environment is a data source: its Prometheus knows no other, and series carry its name only where they have
 * left it by remote write. Whoever brings several together in one Grafana adds a data source for each, and chooses between them here.
 */
export function grafanaVariables(choosesWorkloads: boolean): Builder<VariableModel>[] {
  const environments = new DatasourceVariableBuilder("environment")
    .label("Environment")
    .description("Whose Prometheus is asked")
    .type("prometheus")
    .current({ text: blanks.environment, value: "prometheus" });
  return [environments, chosen(namespaces), ...(choosesWorkloads ? [chosen(workloads)] : [])];
}

/** Any number of values; all of them where nobody chooses. */
function chosen({ description, label, name, query }: Choice): Builder<VariableModel> {
  return new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(prometheus)
    .query({ qryType: 1, query, refId: name }) // 1: values of a label
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".+")
    .current({ text: ["All"], value: ["$__all"] });
}
