import type { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import { namespaceNameOf } from "../identity/workload-identity";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { Certificate } from "./certificate";
import type { ICertificateIssuer } from "./certificate-issuer";

export interface AuthorityCopyProps {
  /** Name of the Secret, and of the release that asks for it. */
  readonly name: string;
  /** By its name when it is not of this stack. */
  readonly namespace: GuardedNamespace | string;
  /** Whose authority. */
  readonly issuer: Pick<ICertificateIssuer, "issuerName">;
  /** What has to be there before: the issuer, when it is of the same stack. @default nothing */
  readonly requires?: readonly Installed[];
}

/**
 * What an issuer signs with, for clients to trust: `ca.crt` of a Secret. It is brought by a certificate that nobody shows to anybody, because
 * cert-manager copies an authority in no other way.
 */
export class AuthorityCopy extends Manifests {
  readonly secretName: string;

  constructor(scope: Construct, id: string, { name, namespace, issuer, requires = [] }: AuthorityCopyProps) {
    const certificate: Certificate = {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name, namespace: namespaceNameOf(namespace) },
      spec: {
        secretName: name,
        dnsNames: [`${name}.${namespaceNameOf(namespace)}.svc`],
        issuerRef: { name: issuer.issuerName, kind: "ClusterIssuer", group: "cert-manager.io" },
      },
    };
    super(scope, id, { release: name, namespace, resources: [certificate], requires });
    this.secretName = name;
  }
}
