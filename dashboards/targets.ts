import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder as LogsQueryBuilder } from "@grafana/grafana-foundation-sdk/loki";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { DataqueryBuilder as TracesQueryBuilder } from "@grafana/grafana-foundation-sdk/tempo";
import type { Panel, Query } from "./panel";
import { prometheus } from "./variables";

const logs: DataSourceRef = { type: "loki", uid: "loki" };
const traces: DataSourceRef = { type: "tempo", uid: "tempo" };

/** Who is asked by a panel. */
export function dataSourceOf({ kind }: Panel): DataSourceRef {
  if (kind === "logs") return logs;
  return kind === "traces" ? traces : prometheus;
}

/** Id of a query of a panel, by its place: `A` is the first. */
export function refIdOf(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

/** What a panel asks. */
export function targetsOf({ kind, queries }: Panel): Builder<Dataquery>[] {
  return queries.map((query, index) => {
    switch (kind) {
      case "logs":
        return new LogsQueryBuilder().datasource(logs).refId(refIdOf(index)).expr(query.expression).maxLines(200);
      case "traces":
        return new TracesQueryBuilder().datasource(traces).refId(refIdOf(index)).queryType("traceql").query(query.expression).limit(20);
      case "lines":
        return metrics(query, index).range();
      case "table":
        return metrics(query, index).instant().format(PromQueryFormat.Table);
      default:
        return metrics(query, index).instant();
    }
  });
}

function metrics({ expression, legend }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder().datasource(prometheus).refId(refIdOf(index)).expr(expression).legendFormat(legend);
}
