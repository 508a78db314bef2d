import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Application } from "../applications/application";
import { grafanaDashboard } from "./board";
import { businessMetrics } from "./business-metrics";
import { cache } from "./cache";
import { capacity } from "./capacity";
import { dataProcessing } from "./data-processing";
import { database } from "./database";
import { gateway } from "./gateway";
import { nodes } from "./nodes";
import { objectStorage } from "./object-storage";
import { overview } from "./overview";
import type { Board } from "./panel";
import { slos } from "./slos";
import { training } from "./training";
import { workloads } from "./workloads";

/** All dashboards, as they are written; those of measures and placements follow the applications. */
export function boards(applications: readonly Application[]): readonly Board[] {
  return [
    overview,
    training(applications),
    dataProcessing(applications),
    workloads,
    slos,
    gateway,
    nodes,
    database,
    cache,
    objectStorage,
    capacity,
    businessMetrics(applications),
  ];
}

/** All dashboards, as Grafana has them. */
export function dashboards(applications: readonly Application[]): readonly Dashboard[] {
  return boards(applications).map(grafanaDashboard);
}
