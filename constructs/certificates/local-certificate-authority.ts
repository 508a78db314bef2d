import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Manifests } from "../addons/manifests";
import type { AddonProps, PlatformSetting } from "../addons/platform-setting";
import { CertManager } from "./cert-manager";
import type { Certificate } from "./certificate";
import type { ICertificateIssuer } from "./certificate-issuer";
import type { ClusterIssuer } from "./cluster-issuer";
import type { SelfSignedIssuer } from "./self-signed-issuer";

/** Secret in cert-manager's namespace with the CA's key and certificate. */
const caSecret = "local-ca";

/** A year: longer than a cluster on a laptop lives. */
const caDuration = "8760h";

/** A CA of the cluster's own. Its key is made in the cluster and never leaves it; Terraform does not see it. */
export class LocalCertificateAuthority extends Construct implements ICertificateIssuer {
  readonly issuerName = "local-ca";
  readonly certManager: CertManager;
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { setting }: AddonProps) {
    super(scope, id);
    this.certManager = new CertManager(this, "CertManager", { setting });
    const { namespace } = this.certManager;
    const issuers = new Manifests(this, "Issuers", {
      release: "certificate-issuers",
      namespace,
      requires: [this.certManager],
      // The last one gets ready by itself when the secret is there.
      resources: [selfSigned(namespace.namespaceName), this.authority(setting, namespace.namespaceName), this.issuer()],
    });
    this.installed = issuers.installed;
  }

  private authority({ environment }: PlatformSetting, namespace: string): Certificate {
    return {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: caSecret, namespace },
      spec: {
        isCA: true,
        commonName: `${environment.project} ${environment.name} CA`,
        secretName: caSecret,
        duration: caDuration,
        // Whoever trusts it trusts it with names of this environment and of services in a cluster, and with no others.
        nameConstraints: { critical: true, permitted: { dnsDomains: [environment.domain, "svc", "cluster.local"] } },
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" }, // a new one would end the trust of the laptop
        issuerRef: { name: selfSigned(namespace).metadata.name, kind: "Issuer", group: "cert-manager.io" },
      },
    };
  }

  private issuer(): ClusterIssuer {
    return {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: this.issuerName },
      spec: { ca: { secretName: caSecret } },
    };
  }
}

function selfSigned(namespace: string): SelfSignedIssuer {
  return { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata: { name: "self-signed", namespace }, spec: { selfSigned: {} } };
}
