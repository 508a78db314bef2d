import type { Certificate } from "../certificates/certificate";
import type { CertificateAuthority } from "./cache";
import { cacheNames, hostOf, type CacheServer } from "./cache-server";

/** Certificate of all pods of a cache: they are clients of each other, too. */
export function cacheCertificate(server: CacheServer, { issuerName }: CertificateAuthority): Certificate {
  const { certificate, nodesService, sentinelsService } = cacheNames(server.name);
  const hosts = [hostOf(server, server.name), hostOf(server, "*", nodesService), hostOf(server, "*", sentinelsService)];
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: certificate, namespace: server.namespace.namespaceName },
    spec: {
      secretName: certificate,
      dnsNames: hosts.flatMap((host) => [host, `${host}.cluster.local`]),
      usages: ["digital signature", "key encipherment", "server auth", "client auth"],
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { name: issuerName, kind: "ClusterIssuer", group: "cert-manager.io" },
    },
  };
}
