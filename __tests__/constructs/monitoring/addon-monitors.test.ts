import { CloudNativePg } from "../../../constructs/database/cloud-native-pg";
import { AddonMonitors } from "../../../constructs/monitoring/addon-monitors";
import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import { Keda } from "../../../constructs/scaling/keda";
import { MetricsServer } from "../../../constructs/scaling/metrics-server";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { manifest, manifestsOf } from "../../released";

const { local } = environments;

describe("AddonMonitors", () => {
  const stack = platformStackOf(local, ({ stack: scope, setting }) => {
    const crds = new PrometheusOperatorCrds(scope, "Crds", { setting });
    const addons = [
      crds,
      new CloudNativePg(scope, "CloudNativePg", { setting }),
      new Keda(scope, "Keda", { setting }),
      new MetricsServer(scope, "MetricsServer", { setting, kubeletCertificates: "self-signed" }),
    ];
    new AddonMonitors(scope, "AddonMonitors", { setting, crds, addons });
  });

  it("consists of", () => {
    expect(
      stack.resources
        .filter(({ name }) => name.startsWith("AddonMonitors"))
        .map(({ type }) => type)
        .sort(),
    ).toEqual([
      "helm_release", // the monitors
      "kubernetes_network_policy_v1", // of Prometheus
      "kubernetes_network_policy_v1", // CloudNativePG
      "kubernetes_network_policy_v1", // KEDA's operator
      "kubernetes_network_policy_v1", // KEDA's metrics API
      "kubernetes_network_policy_v1", // KEDA's webhooks
      "kubernetes_network_policy_v1", // metrics-server
    ]);
  });

  it("has a monitor for all pods that an add-on names, and none for one without pods", () => {
    expect(manifestsOf(stack).map(({ metadata }) => metadata.name)).toEqual([
      "cloudnative-pg",
      "keda",
      "keda-2",
      "keda-3",
      "metrics-server",
    ]);
  });

  it("asks pods wherever they are, and calls them by their chart", () => {
    expect(manifest(stack, "PodMonitor", "keda-2")).toMatchObject({
      metadata: { namespace: "monitoring" },
      spec: {
        selector: { matchLabels: { app: "keda-operator-metrics-apiserver" } },
        namespaceSelector: { matchNames: ["keda"] },
        podMetricsEndpoints: [{ portNumber: 8080, relabelings: [{ targetLabel: "job", replacement: "keda" }] }],
      },
    });
  });

  it("takes the certificate that a pod has signed itself", () => {
    expect(manifest(stack, "PodMonitor", "metrics-server").spec.podMetricsEndpoints).toMatchObject([
      { portNumber: 10250, scheme: "https", tlsConfig: { insecureSkipVerify: true } },
    ]);
  });

  it("opens the way at both ends, and no other", () => {
    const paths = networkPaths(stack);
    expect(paths["addon-monitors-prometheus"]).toEqual([
      "to cloudnative-pg/cloudnative-pg 8080",
      "to keda/keda-operator 8080",
      "to keda/keda-operator-metrics-apiserver 8080",
      "to keda/keda-admission-webhooks 8080",
      "to metrics-server 10250",
    ]);
    expect(paths["addon-monitors-keda-operator"]).toEqual(["from monitoring/prometheus 8080"]);
    expect(paths["addon-monitors"]).toEqual(["from monitoring/prometheus 10250"]);
  });

  it("comes after the type of monitors", () => {
    expect(stack.one("helm_release", "AddonMonitors").depends_on).toEqual([stack.address("helm_release", "Crds")]);
  });

  it("leaves histograms of libraries behind, and what controllers count themselves alone", () => {
    const [endpoint] = manifest(stack, "PodMonitor", "keda").spec.podMetricsEndpoints as readonly [
      { metricRelabelings: readonly [{ action: string; regex: string }] },
    ];
    const [{ action, regex }] = endpoint.metricRelabelings;
    const dropped = (name: string) => action === "drop" && new RegExp(`^(?:${regex})$`).test(name);
    for (const name of ["workqueue_queue_duration_seconds_bucket", "rest_client_request_duration_seconds_bucket"]) {
      expect([name, dropped(name)]).toEqual([name, true]);
    }
    for (const name of [
      "workqueue_depth",
      "keda_scaler_errors_total",
      "certmanager_http_acme_client_request_duration_seconds_bucket",
      "controller_runtime_reconcile_errors_total",
    ]) {
      expect([name, dropped(name)]).toEqual([name, false]);
    }
  });
});
