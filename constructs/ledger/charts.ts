import { aYearAfter, type LedgerEntry } from "./ledger-entry";

/** A Helm chart. `source` is a repository, or the folder of an OCI registry. */
function chart(source: string, version: string, released: string, licence = "Apache-2.0"): LedgerEntry {
  return { source, version, licence, support: aYearAfter(released) };
}

/** Every chart that the platform installs. Versions are those whose keys, schemas and custom resources were checked. */
export const charts = {
  alloy: chart("https://grafana.github.io/helm-charts", "1.11.1", "2026-08-06"),
  "aws-load-balancer-controller": chart("https://aws.github.io/eks-charts", "3.5.0", "2026-08-03"),
  "cert-manager": chart("oci://quay.io/jetstack/charts", "v1.21.1", "2026-07-29"),
  "cloudnative-pg": chart("oci://ghcr.io/cloudnative-pg/charts", "0.29.0", "2026-06-29"),
  "external-dns": chart("https://kubernetes-sigs.github.io/external-dns", "1.21.1", "2026-04-30"),
  "external-secrets": chart("https://charts.external-secrets.io", "2.9.0", "2026-08-08"),
  "gateway-helm": {
    ...chart("oci://docker.io/envoyproxy", "v1.9.0", "2026-08-15"),
    support: { ends: "2027-02-14", saidBy: "project" }, // gateway.envoyproxy.io/news/releases/matrix
  },
  karpenter: chart("oci://public.ecr.aws/karpenter", "1.14.1", "2026-08-20"),
  "karpenter-crd": chart("oci://public.ecr.aws/karpenter", "1.14.1", "2026-08-20"),
  keda: chart("https://kedacore.github.io/charts", "2.20.2", "2026-07-31"),
  "kube-prometheus-stack": chart("oci://ghcr.io/prometheus-community/charts", "88.5.3", "2026-08-21"),
  kyverno: chart("https://kyverno.github.io/kyverno", "3.9.0", "2026-08-20"),
  loki: chart("oci://ghcr.io/grafana-community/helm-charts", "18.11.0", "2026-08-20", "AGPL-3.0-only"),
  "metrics-server": chart("https://kubernetes-sigs.github.io/metrics-server", "3.13.1", "2026-06-11"),
  "nginx-gateway-fabric": chart("oci://ghcr.io/nginx/charts", "2.6.7", "2026-07-15"),
  "opentelemetry-collector": chart("https://open-telemetry.github.io/opentelemetry-helm-charts", "0.170.0", "2026-08-14"),
  "opentelemetry-operator": chart("https://open-telemetry.github.io/opentelemetry-helm-charts", "0.122.0", "2026-08-20"),
  "plugin-barman-cloud": chart("oci://ghcr.io/cloudnative-pg/charts", "0.7.0", "2026-06-10"),
  "prometheus-blackbox-exporter": chart("oci://ghcr.io/prometheus-community/charts", "11.17.2", "2026-08-10"),
  "prometheus-node-exporter": chart("oci://ghcr.io/prometheus-community/charts", "4.56.1", "2026-08-20"),
  "prometheus-operator-crds": chart("oci://ghcr.io/prometheus-community/charts", "31.0.1", "2026-08-10"),
  "sealed-secrets": chart("https://bitnami.github.io/sealed-secrets", "2.18.5", "2026-04-09"),
  tempo: chart("oci://ghcr.io/grafana-community/helm-charts", "2.2.4", "2026-08-13", "AGPL-3.0-only"),
  "vertical-pod-autoscaler": chart("https://kubernetes.github.io/autoscaler", "0.11.0", "2026-07-26"),
} as const satisfies Readonly<Record<string, LedgerEntry>>;

export type ChartName = keyof typeof charts;
export const chartNames = Object.keys(charts) as readonly ChartName[];
