import { LocalRegistry } from "../../../constructs/registry/local-registry";
import { serverResources } from "../../../constructs/shared/pod-resources";
import { MinioStateStore } from "../../../constructs/state/minio-state-store";
import { environments } from "../../../environments";
import type { LocalEnvironment } from "../../../environments/environment";
import { platformStackOf } from "../../platform-stack";
import { synthesizedStack } from "../../synthesized";

const roomy: LocalEnvironment = { ...environments.local, development: { ...environments.local.development, minimalResources: false } };

function resourcesOf(workload: Record<string, unknown>): unknown {
  return (workload as { spec: { template: { spec: { container: [{ resources: unknown }] } } } }).spec.template.spec.container[0].resources;
}

describe.each([
  { development: "minimal", environment: environments.local, memory: "128Mi" },
  { development: "roomy", environment: roomy, memory: "512Mi" },
])("servers on a $development laptop", ({ environment, memory }) => {
  it("ask for what the environment grants", () => {
    expect(serverResources(environment).requests.memory).toBe(memory);
    const state = synthesizedStack(environment, "state", (scope) => {
      new MinioStateStore(scope, "StateStore", environment);
    });
    const platform = platformStackOf(environment, ({ stack: scope }) => {
      new LocalRegistry(scope, "Registry", { environment, images: environment.images, pullPrincipals: [] });
    });
    expect(resourcesOf(state.one("kubernetes_stateful_set_v1"))).toEqual(serverResources(environment));
    expect(resourcesOf(platform.one("kubernetes_deployment_v1"))).toEqual(serverResources(environment));
  });
});
