import { environments } from "../../../environments/index";
import { profilesOf } from "./profiles-stack";

const stack = profilesOf(environments.prod);

describe("ProfileCollector", () => {
  it("consists of", () => {
    const parts = stack.resources.filter(({ name }) => name.startsWith("Profiles_Collector_"));
    expect(parts.map(({ type }) => type).sort()).toEqual([
      "helm_release",
      "kubernetes_network_policy_v1", // the collector
      "kubernetes_network_policy_v1", // Pyroscope takes profiles
    ]);
  });
});
