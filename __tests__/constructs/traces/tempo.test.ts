import { environments } from "../../../environments/index";
import { tracesOf } from "./traces-stack";

const stack = tracesOf(environments.prod);

describe("Tempo", () => {
  it("consists of", () => {
    const parts = stack.resources.filter(({ name }) => name.startsWith("Traces_Tempo_"));
    expect(parts.map(({ type }) => type).sort()).toEqual([
      "helm_release",
      "kubernetes_network_policy_v1", // Grafana asks it
      "kubernetes_network_policy_v1", // Prometheus is told what traces say
      "kubernetes_network_policy_v1", // Tempo
    ]);
  });
});
