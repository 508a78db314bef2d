import { LocalCertificateAuthority } from "../../../constructs/certificates/local-certificate-authority";
import { environments } from "../../../environments/index";
import { itHonoursCertificateIssuer } from "../../contracts/certificate-issuer";
import { platformStackOf } from "../../platform-stack";
import { manifest } from "../../released";

const { local } = environments;

itHonoursCertificateIssuer(
  "LocalCertificateAuthority",
  local,
  ({ stack, setting }, id) => new LocalCertificateAuthority(stack, id, { setting }),
);

describe("LocalCertificateAuthority", () => {
  const stack = platformStackOf(local, ({ stack: scope, setting }) => {
    new LocalCertificateAuthority(scope, "Certificates", { setting });
  });

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release", // cert-manager
      "helm_release", // the issuers
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // deny everything
      "kubernetes_network_policy_v1", // all pods to the API server and DNS
      "kubernetes_network_policy_v1", // the API server to the webhook
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("signs itself in its own namespace, where nobody else may ask for the like", () => {
    const [selfSigned, ca, issuer] = ["Issuer", "Certificate", "ClusterIssuer"].map((kind) => manifest(stack, kind));
    expect(selfSigned).toMatchObject({ metadata: { namespace: "cert-manager" }, spec: { selfSigned: {} } });
    expect(ca).toMatchObject({
      metadata: { namespace: "cert-manager" },
      spec: { isCA: true, issuerRef: { kind: "Issuer", name: selfSigned?.metadata.name } },
    });
    expect(issuer?.spec).toEqual({ ca: { secretName: ca?.spec.secretName } });
  });

  it("is good for names of the environment and of services only, so that a laptop can trust it", () => {
    expect(manifest(stack, "Certificate").spec.nameConstraints).toEqual({
      critical: true,
      permitted: { dnsDomains: ["ml-platform.localhost", "svc", "cluster.local"] },
    });
  });

  it("keeps its key when it is renewed, and with it the laptop's trust", () => {
    expect(manifest(stack, "Certificate").spec.privateKey).toMatchObject({ rotationPolicy: "Never" });
  });
});
