import { CertManager } from "../../../constructs/certificates/cert-manager";
import { BarmanCloudPlugin } from "../../../constructs/database/barman-cloud-plugin";
import { CloudNativePg } from "../../../constructs/database/cloud-native-pg";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { composedProblems } from "../../composed-problems";
import { networkPaths } from "../../network-paths";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { release, valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, prod } = environments;

describe("BarmanCloudPlugin", () => {
  const stack = pluginOf(prod);
  const plugin = release(stack, "plugin-barman-cloud");

  it("consists of", () => {
    expect(
      stack.resources
        .filter(({ name }) => name.startsWith("Plugin"))
        .map(({ type }) => type)
        .sort(),
    ).toEqual([
      "helm_release",
      "kubernetes_network_policy_v1", // the plugin's own paths
      "kubernetes_network_policy_v1", // the operator's way to it
    ]);
  });

  it("is where the operator looks for plugins", () => {
    expect(plugin.namespace).toBe(release(stack, "cloudnative-pg").namespace);
  });

  it("comes after the operator, whose types it reads, and after cert-manager, whose types it brings", () => {
    expect(plugin.depends_on).toEqual(
      expect.arrayContaining([stack.address("helm_release", "Operator"), stack.address("helm_release", "CertManager")]),
    );
  });

  it("is one, also where everything else is two", () => {
    expect(valuesOf(plugin)).not.toHaveProperty("replicaCount");
    expect(valuesOf(release(stack, "cloudnative-pg"))).toMatchObject({ replicaCount: 2 });
  });

  it("is asked by the operator alone, and asks the API server", () => {
    const paths = networkPaths(pluginOf(local));
    expect(paths["plugin-barman-cloud-cloudnative-pg"]).toEqual(["to cloudnative-pg/plugin-barman-cloud 9090"]);
    expect(paths["plugin-barman-cloud-plugin-barman-cloud"]).toEqual([
      "from cloudnative-pg/cloudnative-pg 9090",
      ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((block) => `to ${block} 6443 443`),
      "to kube-system/kube-dns 53/UDP 53",
    ]);
  });

  it("fails when the environment leaves the operator's namespace no room for both", () => {
    expect(composedProblems({ ...prod, quotas: { "cloudnative-pg": { pods: 2 } } }, buildPlugin)).toEqual([
      "prod.quotas.cloudnative-pg: pods is 2, must be at least 3, which the platform itself asks for there; raise it, or leave it out",
    ]);
  });
});

function pluginOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, buildPlugin);
}

function buildPlugin({ stack, setting }: PlatformParts): void {
  const operator = new CloudNativePg(stack, "Operator", { setting });
  const certManager = new CertManager(stack, "CertManager", { setting });
  new BarmanCloudPlugin(stack, "Plugin", { setting, operator, certManager });
}
