import { onEks } from "../../../constructs/cluster/aws-cluster";
import { CloudWatchExporter } from "../../../constructs/monitoring/cloudwatch-exporter";
import { cloudWatchSeriesOf } from "../../../constructs/monitoring/cloudwatch-series";
import { environments } from "../../../environments/index";
import { itRunsRestrictedPods } from "../../contracts/restricted-pods";
import { dataStackOf } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { podTemplates } from "../../pod-templates";
import { manifest } from "../../released";
import { only, statementsOf, type SynthesizedStack } from "../../synthesized";

const { dev, prod } = environments;
const asked: string[] = [];

function exporterOf(environment: typeof dev): SynthesizedStack {
  return dataStackOf(environment, ({ stack, setting, cluster }) => {
    const lag = { name: "db", namespace: "AWS/RDS", metric: "ReplicaLag", statistic: "Maximum" } as const;
    asked.push(cloudWatchSeriesOf(stack).of(lag, { DBInstanceIdentifier: "one" }, { DBInstanceIdentifier: "other" }));
    new CloudWatchExporter(stack, "CloudMetrics", { setting, environment, cluster: onEks(cluster, "test") });
    const errors = { name: "gateway", namespace: "AWS/ApplicationELB", metric: "HTTPCode_Target_5XX_Count", statistic: "Sum" } as const;
    const late = { periodSeconds: 300, lookBackSeconds: 900, delaySeconds: 120 };
    asked.push(cloudWatchSeriesOf(stack).of({ ...errors, ...late }, { LoadBalancer: "app/lb/1" }));
  });
}

/** What the exporter reads. */
function jobsOf(stack: SynthesizedStack): unknown {
  return JSON.parse((stack.one("kubernetes_config_map_v1").data as { readonly "jobs.json": string })["jobs.json"]);
}

describe("CloudWatchExporter", () => {
  const stack = exporterOf(dev);
  const regional = { regions: ["eu-central-1"] };

  it("consists of, in a namespace of its own", () => {
    expect(stack.inventory.filter((type) => !/_(limit_range|resource_quota|default_service_account|network_policy)/.test(type))).toEqual([
      "aws_eks_pod_identity_association",
      "aws_iam_role",
      "aws_iam_role_policy",
      "helm_release", // the monitor
      "kubernetes_config_map_v1",
      "kubernetes_deployment_v1",
      "kubernetes_namespace_v1",
      "kubernetes_service_account_v1",
    ]);
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({ name: "data-metrics" });
  });

  it("asks for what the stack has asked for, whenever that was, and discovers nothing", () => {
    const metric = (name: string, statistic: string, period = 60, length = 300) => ({ name, statistics: [statistic], period, length });
    const lag = { name: "db", namespace: "AWS/RDS", ...regional, metrics: [metric("ReplicaLag", "Maximum")] };
    expect(jobsOf(stack)).toEqual({
      apiVersion: "v1alpha1",
      "sts-region": "eu-central-1",
      static: [
        { ...lag, dimensions: [{ name: "DBInstanceIdentifier", value: "one" }] },
        { ...lag, dimensions: [{ name: "DBInstanceIdentifier", value: "other" }] },
        {
          name: "gateway",
          namespace: "AWS/ApplicationELB",
          ...regional,
          dimensions: [{ name: "LoadBalancer", value: "app/lb/1" }],
          metrics: [{ ...metric("HTTPCode_Target_5XX_Count", "Sum", 300, 900), delay: 120 }],
        },
      ],
    });
  });

  it("gives series the names that the exporter gives them", () => {
    expect(asked.slice(0, 2)).toEqual([
      'aws_rds_replica_lag_maximum{name="db"}',
      'aws_applicationelb_httpcode_target_5_xx_count_sum{name="gateway"}',
    ]);
  });

  it("may read measurements and nothing else, as nobody but itself", () => {
    const statements = statementsOf(stack.one("aws_iam_role_policy").policy);
    expect(only(statements, "statement")).toMatchObject({ Effect: "Allow", Action: ["cloudwatch:GetMetricStatistics"] });
    expect(stack.one("aws_eks_pod_identity_association")).toMatchObject({
      namespace: "data-metrics",
      service_account: "cloudwatch-exporter",
    });
    expect(only(Object.values(podTemplates(stack)), "pod").spec).toMatchObject({
      service_account_name: expect.stringContaining("kubernetes_service_account_v1"),
    });
  });

  it("starts anew when it is to ask for something else: it reads its jobs once", () => {
    const config = stack.address("kubernetes_config_map_v1");
    expect(stack.one("kubernetes_deployment_v1").spec).toMatchObject({
      template: { metadata: { annotations: { "evenkeel/setup": `\${sha256(${config}.data["jobs.json"])}` } } },
    });
  });

  it("talks to services of AWS, and to Prometheus when that asks", () => {
    expect(networkPaths(stack)["cloudwatch-exporter-cloudwatch-exporter"]).toEqual([
      "from monitoring/prometheus 5000",
      "to kube-system/kube-dns 53/UDP 53",
      "to 0.0.0.0/0 443",
      "to 169.254.170.23/32 80",
      expect.stringMatching(/^to 10\.10\.\d+\.\d+\/\d+ 443$/),
      expect.stringMatching(/^to 10\.10\.\d+\.\d+\/\d+ 443$/),
    ]);
    expect(manifest(stack, "PodMonitor").spec).toEqual({
      selector: { matchLabels: { app: "cloudwatch-exporter" } },
      podMetricsEndpoints: [{ port: "metrics", relabelings: [{ targetLabel: "job", replacement: "cloudwatch-exporter" }] }],
    });
  });

  it("is one pod everywhere: two would pay for the same measurements twice", () => {
    expect(exporterOf(prod).one("kubernetes_deployment_v1").spec).toMatchObject({ replicas: "1" });
  });

  itRunsRestrictedPods(stack);
});
