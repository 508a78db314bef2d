import type { Holder } from "./grants";
import type { Pods } from "./pods";

/** Pods that no stack has a template of: a chart, an operator or the cluster itself makes them. */
export interface UnwrittenPods extends Pods, Holder {
  /** Who makes them. */
  readonly by: string;
  /** Target that they are on. @default both */
  readonly on?: "local" | "aws";
}

function pods(by: string, name: string, labels: Pods["labels"], on?: UnwrittenPods["on"]): UnwrittenPods {
  const [namespace = ""] = name.split("/");
  return { name, namespace, labels, ports: {}, by, ...(on ? { on } : {}) };
}

const named = (name: string) => ({ "app.kubernetes.io/name": name });
const component = (name: string) => ({ "app.kubernetes.io/component": name });

/** By hand: policies know these pods by their labels. */
export const unwrittenPods: readonly UnwrittenPods[] = [
  pods("the cluster", "kube-system/coredns", { "k8s-app": "kube-dns" }),
  pods("cert-manager", "cert-manager/controller", component("controller")),
  pods("cert-manager", "cert-manager/webhook", component("webhook")),
  pods("cloudnative-pg", "cloudnative-pg/operator", named("cloudnative-pg")),
  pods("plugin-barman-cloud", "cloudnative-pg/plugin-barman-cloud", named("plugin-barman-cloud")),
  pods("CloudNativePG", "database/database", { "cnpg.io/cluster": "database", "cnpg.io/podRole": "instance" }, "local"),
  pods("nginx-gateway-fabric", "gateway/control-plane", named("nginx-gateway-fabric"), "local"),
  pods(
    "nginx-gateway-fabric",
    "gateway/cert-generator",
    { "batch.kubernetes.io/job-name": "nginx-gateway-fabric-cert-generator" },
    "local",
  ),
  pods("NGINX Gateway Fabric", "gateway/gateway", { "gateway.networking.k8s.io/gateway-name": "gateway" }, "local"),
  pods("keda", "keda/operator", { app: "keda-operator" }),
  pods("keda", "keda/metrics-apiserver", { app: "keda-operator-metrics-apiserver" }),
  pods("keda", "keda/admission-webhooks", { app: "keda-admission-webhooks" }),
  pods("kyverno", "kyverno/admission-controller", component("admission-controller")),
  pods("external-secrets", "external-secrets/controller", named("external-secrets")),
  pods("external-secrets", "external-secrets/webhook", named("external-secrets-webhook")),
  pods("external-secrets", "external-secrets/cert-controller", named("external-secrets-cert-controller")),
  pods("karpenter", "kube-system/karpenter", named("karpenter"), "aws"),
  pods("kube-prometheus-stack", "monitoring/prometheus", named("prometheus")),
  pods("kube-prometheus-stack", "monitoring/alertmanager", named("alertmanager")),
  pods("kube-prometheus-stack", "monitoring/grafana", named("grafana")),
  pods("kube-prometheus-stack", "monitoring/kube-state-metrics", named("kube-state-metrics")),
  pods("kube-prometheus-stack", "monitoring/operator", named("kube-prometheus-stack-prometheus-operator")),
  pods("prometheus-blackbox-exporter", "monitoring/prober", named("prometheus-blackbox-exporter")),
  { ...pods("loki", "monitoring/loki", named("loki")), signsInWith: ["monitoring/loki", "monitoring/workload-loki"] },
  { ...pods("tempo", "monitoring/tempo", named("tempo")), signsInWith: ["monitoring/tempo", "monitoring/workload-tempo"] },
  pods("opentelemetry-collector", "monitoring/collector", named("otel-collector")),
  pods("opentelemetry-operator", "opentelemetry-operator/operator", named("opentelemetry-operator")),
  pods("alloy", "alloy/alloy", named("alloy")),
];
