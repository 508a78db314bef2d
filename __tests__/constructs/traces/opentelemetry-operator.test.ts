import { environments } from "../../../environments/index";
import { tracesOf } from "./traces-stack";

const stack = tracesOf(environments.prod);

describe("OpenTelemetryOperator", () => {
  it("consists of", () => {
    const parts = stack.resources.filter(({ name }) => name.startsWith("Traces_Operator_"));
    expect(parts.map(({ type }) => type).sort()).toEqual([
      "helm_release",
      "kubernetes_network_policy_v1", // the operator
    ]);
  });
});
