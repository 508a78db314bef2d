import { BlackboxExporter } from "../../../constructs/probes/blackbox-exporter";
import { catalogFor } from "../../../constructs/catalog";
import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { manifestsOf, release, valuesOf } from "../../released";

const { local, prod } = environments;

function exporterOf(environment: Environment) {
  return platformStackOf(environment, ({ stack, setting, cluster }) => {
    const catalog = catalogFor(environment);
    const issuer = catalog.certificateIssuer(stack, "Issuer", { setting, cluster });
    const ingress = catalog.ingress(stack, "Ingress", { setting, cluster, network: catalog.network(stack, "Network"), issuer });
    const { namespace } = new PrometheusOperatorCrds(stack, "Crds", { setting });
    new BlackboxExporter(stack, "Prober", { setting, namespace, ingress });
  });
}

describe("BlackboxExporter", () => {
  const onLaptop = exporterOf(local);
  const values = valuesOf(release(onLaptop, "prometheus-blackbox-exporter"));
  const inCloud = exporterOf({ ...prod, ingress: { ...prod.ingress, access: "vpc" } });
  const valuesInCloud = valuesOf(release(inCloud, "prometheus-blackbox-exporter"));

  it("consists of", () => {
    const parts = inCloud.resources.filter(({ name }) => name.startsWith("Prober_"));
    expect(parts.map(({ type }) => type).sort()).toEqual(["helm_release", "kubernetes_network_policy_v1"]);
  });

  it("takes success and redirects for an answer, and follows none", () => {
    expect(valuesInCloud.config).toEqual({
      modules: {
        route: {
          prober: "http",
          timeout: "8s",
          http: {
            preferred_ip_protocol: "ip4",
            ip_protocol_fallback: false,
            follow_redirects: false,
            valid_status_codes: [200, 201, 202, 203, 204, 206, 301, 302, 303, 307, 308],
          },
        },
      },
    });
  });

  it("trusts the laptop's authority, and has nothing but its certificate", () => {
    expect(values).toMatchObject({
      config: { modules: { route: { http: { tls_config: { ca_file: "/etc/authority/ca.crt" } } } } },
      extraVolumes: [{ name: "authority", secret: { secretName: "prober-authority", items: [{ key: "ca.crt", path: "ca.crt" }] } }],
      extraVolumeMounts: [{ name: "authority", mountPath: "/etc/authority", readOnly: true }],
    });
    expect(manifestsOf(onLaptop)).toContainEqual(
      expect.objectContaining({ kind: "Certificate", metadata: { name: "prober-authority", namespace: "monitoring" } }),
    );
    expect(release(onLaptop, "prometheus-blackbox-exporter").depends_on).toContain(onLaptop.address("helm_release", "ProberAuthority"));
    expect(release(onLaptop, "prober-authority").depends_on).toContain(onLaptop.address("helm_release", "Issuer_Issuers"));
    expect(valuesInCloud).not.toHaveProperty("extraVolumes");
  });

  it("goes the way of people: to the proxies on the laptop, to the subnets of a load balancer of the network in the cloud", () => {
    const dns = ["to kube-system/kube-dns 53/UDP 53"];
    const policy = "prometheus-blackbox-exporter-prometheus-blackbox-exporter";
    expect(networkPaths(onLaptop)).toMatchObject({
      [policy]: [...dns, "to gateway/gateway 443"],
      "prometheus-blackbox-exporter-gateway": ["from monitoring/prometheus-blackbox-exporter 443"],
    });
    const [first, ...balancer] = networkPaths(inCloud)[policy] ?? [];
    expect([first]).toEqual(dns);
    expect(balancer).toHaveLength(prod.zones.length);
    expect(balancer.filter((line) => !/^to 10\.[\d.]+\/\d+ 443$/.test(line))).toEqual([]);
  });

  it("may be away with one pod of two for upkeep, and is one alone on the laptop", () => {
    expect(valuesInCloud).toMatchObject({ replicas: 2, podDisruptionBudget: { maxUnavailable: 1 } });
    expect(values).toMatchObject({ replicas: 1, resources: { requests: { cpu: "10m", memory: "32Mi" } } });
    expect(values).not.toHaveProperty("podDisruptionBudget");
  });

  it("has pods that the namespace's policy lets in", () => {
    expect(values).toMatchObject({ podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } } });
  });
});
