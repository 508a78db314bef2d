import { Manifests } from "../../constructs/addons/manifests";
import type { ICertificateIssuer } from "../../constructs/certificates/certificate-issuer";
import { catalogFor } from "../../constructs/catalog";
import type { Environment } from "../../environments/environment";
import { platformStackOf, type PlatformParts } from "../platform-stack";
import { manifestsOf, release } from "../released";
import { itStandsTwiceOnPlatform } from "./stands-twice";

/** What everybody who signs certificates keeps. */
export function itHonoursCertificateIssuer(
  name: string,
  environment: Environment,
  make: (parts: PlatformParts, id: string) => ICertificateIssuer,
): void {
  describe(`${name} honours the contract of certificate issuers`, () => {
    const built: ICertificateIssuer[] = [];
    const stack = platformStackOf(environment, (parts) => built.push(make(parts, "Certificates")));
    const [issuer] = built;

    it("is what the catalog of its environment builds", () => {
      platformStackOf(environment, ({ stack: scope, setting, cluster }) => {
        const made = catalogFor(environment).certificateIssuer(scope, "Certificates", { setting, cluster });
        expect(made.constructor.name).toBe(name);
      });
    });

    it("names an issuer that every namespace may ask", () => {
      const issuers = manifestsOf(stack).filter(({ kind }) => kind === "ClusterIssuer");
      expect(issuers.map(({ metadata }) => metadata.name)).toContain(issuer?.issuerName);
      expect(issuers.every(({ metadata }) => metadata.namespace === undefined)).toBe(true);
    });

    it("comes after cert-manager, which brings the types", () => {
      expect(release(stack, "certificate-issuers").depends_on).toContain(stack.address("helm_release", "Certificates_CertManager"));
    });

    it("is there once its issuers are, and cert-manager before that", () => {
      expect(consumersOf(environment, make).map((consumer) => consumer.depends_on)).toEqual([
        [stack.address("helm_release", "Certificates_Issuers")],
        [stack.address("helm_release", "Certificates_CertManager")],
      ]);
    });

    it("lets no key of a certificate out of the cluster", () => {
      const text = JSON.stringify(stack.json);
      expect(text).not.toMatch(/tls_private_key|PRIVATE KEY|set_sensitive/);
    });

    itStandsTwiceOnPlatform(environment, make);
  });
}

/** What needs the issuer, and what needs cert-manager alone. */
function consumersOf(environment: Environment, make: (parts: PlatformParts, id: string) => ICertificateIssuer) {
  const stack = platformStackOf(environment, (parts) => {
    const issuer = make(parts, "Certificates");
    const common = { namespace: "kube-system", resources: [] };
    new Manifests(parts.stack, "OfIssuer", { ...common, release: "of-issuer", requires: [issuer] });
    new Manifests(parts.stack, "OfCertManager", { ...common, release: "of-cert-manager", requires: [issuer.certManager] });
  });
  return ["of-issuer", "of-cert-manager"].map((name) => release(stack, name));
}
