import { environments } from "../../../environments/index";
import { tracesOf } from "./traces-stack";

const stack = tracesOf(environments.prod);

describe("OpenTelemetryCollector", () => {
  it("consists of", () => {
    const parts = stack.resources.filter(({ name }) => name.startsWith("Traces_Collector_"));
    expect(parts.map(({ type }) => type).sort()).toEqual([
      "helm_release",
      "kubernetes_network_policy_v1", // the collector
      "kubernetes_network_policy_v1", // Prometheus takes metrics
      "kubernetes_network_policy_v1", // Tempo takes traces
    ]);
  });
});
