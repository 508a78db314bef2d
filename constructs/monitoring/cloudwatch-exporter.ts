import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Fn, Lazy } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { PlatformSetting } from "../addons/platform-setting";
import type { IAwsCluster } from "../cluster/aws-cluster";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { dataNamespaces } from "../namespaces/data-namespaces";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { cloudWatchJob, cloudWatchSeriesOf, type MeasuredMetric } from "./cloudwatch-series";
import { Exporter } from "./exporter";

export interface CloudWatchExporterProps {
  readonly setting: PlatformSetting;
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
}

const name = cloudWatchJob;
const image = "quay.io/prometheuscommunity/yet-another-cloudwatch-exporter:v0.66.0";

/** Port of its metrics, its default. */
const port = 5000;

/** How often CloudWatch is asked. Each metric is a request each time: of those a million in a month cost nothing, and the next 10 USD. */
const intervalSeconds = 300;

const file = "jobs.json";

/**
 * Brings what CloudWatch has about a stack's databases, caches, buckets and load balancer to Prometheus: exactly what {@link cloudWatchSeriesOf}
 * was asked for, by name. It discovers nothing, so that it needs one right only.
 */
export class CloudWatchExporter extends Construct {
  /** Escape hatch. */
  readonly exporter: Exporter;
  /** Escape hatch. */
  readonly identity: IWorkloadIdentity;

  constructor(scope: Construct, id: string, { setting, environment, cluster }: CloudWatchExporterProps) {
    super(scope, id);
    const namespace = new GuardedNamespace(this, "Namespace", { environment, name: dataNamespaces.metrics });
    const { name: namespaceName } = namespace.resource.metadata;
    this.identity = awsWorkloadIdentity(this, "Identity", {
      ...{ setting, environment, cluster, namespace, serviceAccount: name, purpose: name },
      // CloudWatch knows no resources: whoever may ask may ask for everything of the account.
      statements: [{ Sid: "Measure", Effect: "Allow", Action: ["cloudwatch:GetMetricStatistics"], Resource: "*" }],
    });
    const account = new ServiceAccountV1(this, "ServiceAccount", {
      metadata: { name, namespace: namespaceName, annotations: { ...this.identity.serviceAccountAnnotations } },
      automountServiceAccountToken: false,
    });
    const series = cloudWatchSeriesOf(this);
    const jobs = Lazy.stringValue({ produce: () => JSON.stringify(configuration(environment, series.metrics)) });
    const files = new ConfigMapV1(this, "Files", { metadata: { name, namespace: namespaceName }, data: { [file]: jobs } });
    this.exporter = new Exporter(this, "Exporter", {
      ...{ setting, cluster, namespace, name, image, port },
      healthPath: "/healthz",
      args: [`--config.file=/config/${file}`, `--listen-address=:${port}`, `--scraping-interval=${intervalSeconds}`],
      variables: Object.entries(this.identity.containerEnvironment.variables).map(([variable, value]) => ({ name: variable, value })),
      files: { configMap: files.metadata.name, mountPath: "/config" },
      fingerprint: Fn.sha256(Fn.lookup(files.data, file, "")),
      serviceAccount: account.metadata.name,
      // CloudWatch by its public address: an endpoint of its own in the network would cost more than it keeps inside. The exporter also asks
      // IAM, which has none, for the account's alias. It may not know it, but has to be told so, or it waits a minute and a half each time.
      paths: (pods) => [{ from: pods, to: "dns" }, { from: pods, to: "internet" }, ...this.identity.paths(pods)],
      requires: [this.identity],
    });
  }
}

/** What it reads, in its version `v1alpha1`. YAML is what it expects, and JSON is YAML. */
function configuration({ region }: AwsEnvironment, metrics: readonly MeasuredMetric[]) {
  return { apiVersion: "v1alpha1", "sts-region": region, static: metrics.map((metric) => job(metric, region)) };
}

function job(
  { delaySeconds, dimensions, lookBackSeconds, metric, name: job, namespace, periodSeconds, statistic }: MeasuredMetric,
  region: string,
) {
  return {
    name: job,
    namespace,
    regions: [region],
    dimensions: Object.entries(dimensions).map(([dimension, value]) => ({ name: dimension, value })),
    metrics: [
      {
        name: metric,
        statistics: [statistic],
        period: periodSeconds ?? 60,
        length: lookBackSeconds ?? 300,
        ...(delaySeconds === undefined ? {} : { delay: delaySeconds }),
      },
    ],
  };
}
