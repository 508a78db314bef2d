import type { Row } from "./matrix";

const prometheus = "monitoring/prometheus";

/** What every environment runs to watch the platform. */
const everywhere = [
  ...["prometheus", "alertmanager", "grafana", "kube-state-metrics", "operator", "prober", "loki", "tempo", "collector"].map(
    (name) => `monitoring/${name}`,
  ),
  ...["opentelemetry-operator/operator", "alloy/alloy"],
];

/** Those of them that ask the API server what there is. */
const asking = everywhere.filter(
  (name) => !["alertmanager", "prober", "loki", "tempo"].map((without) => `monitoring/${without}`).includes(name),
);

/** Operators: the API server asks them about what is written. */
const webhooks: readonly Row[] = [
  { from: "api server", to: "monitoring/operator", ports: ["10250"] },
  { from: "api server", to: "opentelemetry-operator/operator", ports: ["9443"] },
  { from: "service addresses", to: "monitoring/operator", ports: ["10250"], part: true, on: "aws", why: "the API server's service" },
  { from: "service addresses", to: "opentelemetry-operator/operator", ports: ["9443"], part: true, on: "aws", why: "the same" },
];

const basics: readonly Row[] = [
  { from: everywhere, to: "dns" },
  { from: asking, to: "api server" },
  { from: asking, to: "service addresses", ports: ["443"], part: true, on: "aws", why: "the API server's service" },
  { from: asking, to: "object store", on: "aws", why: "endpoints are in the subnets of the API server's interfaces" },
];

/** Whom Prometheus asks for metrics. Policies mean all pods of a namespace where everything in it is one add-on. */
const scraped: readonly Row[] = [
  { from: prometheus, to: ["ml-platform/frontend", "ml-platform/training", "search/writer", "sre-portal/portal"], ports: ["8080"] },
  { from: prometheus, to: "ml-platform/backend", ports: ["8000"] },
  { from: prometheus, to: "search/reader", ports: ["8081"] },
  { from: prometheus, to: ["cert-manager/controller", "cert-manager/webhook", "cert-manager/anybody else"], ports: ["9402"] },
  {
    from: prometheus,
    to: ["external-secrets/controller", "external-secrets/webhook", "external-secrets/cert-controller"],
    ports: ["8080"],
  },
  { from: prometheus, to: ["keda/operator", "keda/metrics-apiserver", "keda/admission-webhooks"], ports: ["8080"] },
  { from: prometheus, to: ["kyverno/admission-controller", "kyverno/anybody else"], ports: ["8000"] },
  { from: prometheus, to: "metrics-server/anybody else", ports: ["10250"] },
  { from: prometheus, to: "vertical-pod-autoscaler/anybody else", ports: ["8942"] },
  { from: prometheus, to: "cloudnative-pg/operator", ports: ["8080"] },
  { from: prometheus, to: "kube-system/coredns", ports: ["9153"] },
  { from: prometheus, to: prometheus, ports: ["8080", "9090"], why: "itself, and what reloads its configuration" },
  { from: prometheus, to: "monitoring/alertmanager", ports: ["8080", "9093"], why: "alerts, too" },
  { from: prometheus, to: "monitoring/grafana", ports: ["3000"] },
  { from: prometheus, to: "monitoring/kube-state-metrics", ports: ["8080"] },
  { from: prometheus, to: "monitoring/operator", ports: ["10250"] },
  { from: prometheus, to: "monitoring/prober", ports: ["9115"], why: "probes of routes, too" },
  { from: prometheus, to: "monitoring/loki", ports: ["3100"] },
  { from: prometheus, to: "monitoring/tempo", ports: ["3200"] },
  { from: prometheus, to: "monitoring/collector", ports: ["8888"] },
  { from: prometheus, to: "opentelemetry-operator/operator", ports: ["8443"] },
  { from: prometheus, to: "alloy/alloy", ports: ["12345"] },
];

const scrapedHere: readonly Row[] = [
  { from: prometheus, to: ["gateway/gateway", "gateway/control-plane"], ports: ["9113"], on: "local" },
  { from: prometheus, to: "database/database", ports: ["9187"], on: "local" },
  { from: prometheus, to: "cache/cache", ports: ["9121"], on: "local" },
  { from: prometheus, to: "object store", on: "local", why: "it tells of itself where it stores" },
  { from: prometheus, to: ["service addresses", "other private addresses"], ports: ["9100", "10250"], on: "local", why: "nodes" },
];

const scrapedInTheCloud: readonly Row[] = [
  { from: prometheus, to: "database/database-exporter", ports: ["9187"], on: "aws" },
  { from: prometheus, to: "cache/cache-exporter", ports: ["9121"], on: "aws" },
  { from: prometheus, to: "data-metrics/cloudwatch-exporter", ports: ["5000"], on: "aws" },
  { from: prometheus, to: ["kube-system/karpenter", "load-balancer-controller/anybody else"], ports: ["8080"], on: "aws" },
  { from: prometheus, to: "private subnets", ports: ["9100", "10250"], on: "aws", why: "nodes" },
  {
    from: prometheus,
    to: ["kube-system/coredns", "kube-system/anybody else", "elsewhere/anybody else"],
    ports: ["9100", "10250"],
    on: "aws",
    why: "pods have their addresses in the subnets of the nodes, and no policy holds for these",
  },
  { from: "database/database-exporter", to: "database", on: "aws" },
  { from: "cache/cache-exporter", to: "cache", on: "aws" },
  { from: "data-metrics/cloudwatch-exporter", to: ["dns", "identity agent"], on: "aws" },
  { from: "data-metrics/cloudwatch-exporter", to: "internet", ports: ["443"], on: "aws", why: "CloudWatch has no endpoint in the VPC" },
  {
    from: "data-metrics/cloudwatch-exporter",
    to: ["object store", "api server"],
    on: "aws",
    why: "it gets its identity from an endpoint; all of them and the API server are in the same subnets",
  },
];

/** What is told, and who is asked for it. */
const told: readonly Row[] = [
  { from: ["ml-platform/frontend", "ml-platform/backend"], to: "monitoring/collector", ports: ["4317", "4318"], why: "their traces" },
  {
    from: "ml-platform/backend-schema",
    to: "monitoring/collector",
    ports: ["4317", "4318"],
    why: "a migration may do what its workload may",
  },
  { from: "monitoring/collector", to: "monitoring/tempo", ports: ["4317"] },
  { from: ["monitoring/collector", "monitoring/tempo"], to: prometheus, ports: ["9090"], why: "they write what they measure in traces" },
  { from: "alloy/alloy", to: "monitoring/loki", ports: ["3100"] },
  { from: "monitoring/loki", to: "monitoring/loki", ports: ["3100", "7946", "9095"], why: "replicas find each other, and share queries" },
  { from: "monitoring/loki", to: "monitoring/alertmanager", ports: ["9093"], why: "alerts on logs" },
  {
    from: "monitoring/alertmanager",
    to: "monitoring/alertmanager",
    ports: ["9094", "9094/UDP"],
    why: "replicas tell each other what was sent",
  },
  { from: "monitoring/grafana", to: prometheus, ports: ["9090"] },
  { from: "monitoring/grafana", to: "monitoring/alertmanager", ports: ["9093"] },
  { from: "monitoring/grafana", to: "monitoring/loki", ports: ["3100"] },
  { from: "monitoring/grafana", to: "monitoring/tempo", ports: ["3200"] },
];

const stores = ["monitoring/loki", "monitoring/tempo"];

/** Who leaves the cluster, or the namespaces of what watches it. */
const outwards: readonly Row[] = [
  { from: stores, to: "object store" },
  { from: stores, to: "identity agent", on: "aws", why: "they sign in to S3 with their identities" },
  { from: stores, to: "api server", on: "aws", why: "its interfaces are in the subnets of the endpoints" },
  { from: "monitoring/prober", to: "gateway", ports: ["443"], on: "local", why: "it asks every route as others do, by HTTPS" },
  { from: "monitoring/prober", to: "internet", ports: ["443"], on: "aws", why: "the load balancer is there" },
  { from: "monitoring/alertmanager", to: "internet", ports: ["443"], on: "aws", why: "whom it tells" },
  { from: "monitoring/alertmanager", to: "internet", ports: ["587"], on: "aws", environment: "prod", why: "and by mail" },
];

/** Rows of what watches the platform. */
export const observability: readonly Row[] = [
  ...[...basics, ...webhooks, ...told, ...outwards],
  ...[...scraped, ...scrapedHere, ...scrapedInTheCloud],
];
