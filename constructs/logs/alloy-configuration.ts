import { telemetry, urlOf } from "../monitoring/telemetry";
import { roleLabel } from "../workload/workload-labels";
import { AlloyExpression, alloyText, type AlloyBlock } from "./alloy-syntax";

/** How Prometheus, and Alloy after it, spells the name of a pod's label. */
const podLabel = (label: string, kind: "label" | "labelpresent" = "label") =>
  `__meta_kubernetes_pod_${kind}_${label.replace(/[^a-zA-Z0-9_]/g, "_")}`;

const pod = (what: string) => `__meta_kubernetes_pod_${what}`;

/** What is known of a line without being a label: there are too many values, and each combination of labels is a stream of its own. */
const metadata = ["pod", "node", "stream", "level", "trace_id", "span_id"] as const;

/**
 * What Alloy does on every node: it finds the node's pods, reads their files, takes out of each line what is worth knowing, and hands the
 * lines to Loki. Components and arguments are those of Alloy 1.18.
 * @param environment its name, a label of every line
 */
export function alloyConfiguration(environment: string): string {
  return alloyText([logging, podsOfNode, targets, files, lines, loki(environment)]);
}

const logging: AlloyBlock = { name: "logging", arguments: { level: "warn", format: "logfmt" } };

/** The chart sets HOSTNAME to the name of the node. Asked for its own pods only, the API server has little to do. */
const podsOfNode: AlloyBlock = {
  name: "discovery.kubernetes",
  label: "pods",
  arguments: { role: "pod" },
  blocks: [{ name: "selectors", arguments: { role: "pod", field: new AlloyExpression('"spec.nodeName=" + sys.env("HOSTNAME")') } }],
};

/** Labels: what people look for. Later rules win over earlier ones. */
const targets: AlloyBlock = {
  name: "discovery.relabel",
  label: "pods",
  arguments: { targets: new AlloyExpression("discovery.kubernetes.pods.targets") },
  blocks: [
    label("namespace", "__meta_kubernetes_namespace"),
    label("container", pod("container_name")),
    label("workload", pod("container_name")),
    label("workload", podLabel("k8s-app"), "(.+)"),
    label("workload", podLabel("app"), "(.+)"),
    label("workload", podLabel("app.kubernetes.io/name"), "(.+)"),
    rule({ target_label: "tier", replacement: "platform" }),
    rule({ source_labels: [podLabel(roleLabel, "labelpresent")], regex: "true", target_label: "tier", replacement: "application" }),
    label("pod", pod("name")),
    label("node", pod("node_name")),
    path(pod("uid"), "(.+)"),
    // The kubelet calls the folder of a pod that it started by itself after its configuration.
    path(pod("annotation_kubernetes_io_config_hash"), "([^/]+/.+)"),
  ],
};

/** Beginning with what is there already; where reading stopped is kept on the node. */
const files: AlloyBlock = {
  name: "loki.source.file",
  label: "pods",
  arguments: {
    targets: new AlloyExpression("discovery.relabel.pods.output"),
    forward_to: [new AlloyExpression("loki.process.pods.receiver")],
  },
  blocks: [{ name: "file_match", arguments: { enabled: true } }],
};

/** The container runtime's format first: parts of a long line are put together by labels, those of the pod included. */
const lines: AlloyBlock = {
  name: "loki.process",
  label: "pods",
  arguments: { forward_to: [new AlloyExpression("loki.write.loki.receiver")] },
  blocks: [
    { name: "stage.cri" },
    {
      name: "stage.json",
      arguments: {
        expressions: {
          level: "level || severity || lvl",
          trace_id: "trace_id || traceId || traceID",
          span_id: "span_id || spanId || spanID",
        },
      },
    },
    { name: "stage.logfmt", arguments: { mapping: { level: "level", trace_id: "trace_id", span_id: "span_id" } } },
    { name: "stage.structured_metadata", arguments: { values: Object.fromEntries(metadata.map((name) => [name, ""])) } },
    { name: "stage.label_drop", arguments: { values: ["filename"] } },
  ],
};

/** Without an end to the attempts: while Loki is away lines wait in their files. What Loki refuses for good is given up, and counted. */
const loki = (environment: string): AlloyBlock => ({
  name: "loki.write",
  label: "loki",
  arguments: { external_labels: { environment } },
  blocks: [{ name: "endpoint", arguments: { url: `${urlOf(telemetry.logs)}/loki/api/v1/push`, max_backoff_retries: 0 } }],
});

function label(name: string, source: string, regex?: string): AlloyBlock {
  return rule({ source_labels: [source], ...(regex === undefined ? {} : { regex }), target_label: name });
}

/** Files of a container: `/var/log/pods/<namespace>_<pod>_<uid>/<container>/<restarts>.log`. */
function path(folder: string, regex: string): AlloyBlock {
  return rule({
    source_labels: [folder, pod("container_name")],
    separator: "/",
    regex,
    target_label: "__path__",
    replacement: "/var/log/pods/*$1/*.log",
  });
}

function rule(values: NonNullable<AlloyBlock["arguments"]>): AlloyBlock {
  return { name: "rule", arguments: values };
}
