import { AlloyExpression, alloyText, type AlloyBlock } from "../logs/alloy-syntax";
import { monitoringNamespace, telemetry, urlOf } from "../monitoring/telemetry";
import type { Pods } from "../connections/path";

/** Who fetches profiles. */
export const profileCollectorPods: Required<Pods> = {
  namespace: monitoringNamespace,
  labels: { "app.kubernetes.io/name": "profile-collector" },
};

/** Annotation of pods that have profiles: the number of the port. */
export const profilesAnnotation = "evenkeel/profiles";

/** How Alloy spells it. */
const annotationLabel = "__meta_kubernetes_pod_annotation_evenkeel_profiles";

/** How often a profile of CPU is taken, and how long it takes one: all of the time. */
const scrapeInterval = "15s";

/** What the collector does: it finds pods with the annotation, and asks each at `/debug/pprof`. Components are those of Alloy 1.18. */
export function profileCollection(): string {
  return alloyText([
    { name: "logging", arguments: { level: "warn", format: "logfmt" } },
    { name: "discovery.kubernetes", label: "pods", arguments: { role: "pod" } },
    targets,
    {
      name: "pyroscope.scrape",
      label: "pods",
      arguments: {
        targets: new AlloyExpression("discovery.relabel.pods.output"),
        forward_to: [new AlloyExpression("pyroscope.write.server.receiver")],
        scrape_interval: scrapeInterval,
      },
    },
    { name: "pyroscope.write", label: "server", blocks: [{ name: "endpoint", arguments: { url: urlOf(telemetry.profiles) } }] },
  ]);
}

const targets: AlloyBlock = {
  name: "discovery.relabel",
  label: "pods",
  arguments: { targets: new AlloyExpression("discovery.kubernetes.pods.targets") },
  blocks: [
    rule({ action: "keep", source_labels: [annotationLabel], regex: "[0-9]+" }),
    // A pod is a target for each of its ports, and for each container without one.
    rule({ action: "keepequal", source_labels: ["__meta_kubernetes_pod_container_port_number"], target_label: annotationLabel }),
    rule({ action: "drop", source_labels: ["__meta_kubernetes_pod_phase"], regex: "Succeeded|Failed|Pending" }),
    rule({ source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" }),
    rule({ source_labels: ["__meta_kubernetes_pod_label_app_kubernetes_io_name"], target_label: "workload" }),
    rule({ source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" }),
    rule({ source_labels: ["workload"], target_label: "service_name" }),
  ],
};

function rule(of: Readonly<Record<string, string | readonly string[]>>): AlloyBlock {
  return { name: "rule", arguments: of };
}
