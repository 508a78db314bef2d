import type { Pods } from "../connections/path";

/** Pods that tell Prometheus how they do. */
export interface ScrapedPods {
  readonly pods: Pods;
  /** Port with the metrics. A container of the pods has to declare it: Prometheus drops pods that do not. */
  readonly port: number;
  /** Label `job` of the series. @default the chart's name */
  readonly job?: string;
  /** @default `/metrics` */
  readonly path?: string;
  /** `https` is with a certificate that the pod has signed itself. @default http */
  readonly scheme?: "http" | "https";
}

/** How Prometheus learns of an add-on: from its pods, by monitors that its chart brings along, or not at all, for a reason. */
export type AddonMetrics = readonly ScrapedPods[] | { readonly by: "monitors of the chart" } | { readonly none: string };

/** The pods that are asked by no monitor of a chart. */
export function scrapedPods(metrics: AddonMetrics): readonly ScrapedPods[] {
  return "by" in metrics || "none" in metrics ? [] : metrics;
}
