import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths } from "../connections/path";
import { GuardedNamespace } from "../namespaces/guarded-namespace";

const defaults = { chart: "sealed-secrets", namespace: "sealed-secrets", controller: "sealed-secrets-controller" } as const;

/** Port of the controller's API: `kubeseal` fetches the certificate there, through the API server. */
const port = 8080;

/** Opens what `kubeseal` has sealed for this cluster, so that secrets can be kept in git. */
export class SealedSecrets extends HelmAddon {
  constructor(scope: Construct, id: string, { setting }: AddonProps) {
    const { environment, footprint } = setting;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const resources = footprint.resources("small");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: 1, resources }],
      paths: operatorPaths({ namespace: defaults.namespace }, port),
      values: {
        fullnameOverride: defaults.controller, // what kubeseal asks for
        // Bitnami's own catalogue on docker.io has gone once already.
        image: { registry: "ghcr.io", repository: "bitnami/sealed-secrets-controller" },
        keyrenewperiod: "720h", // 30 days; older keys are kept and open what was sealed with them
        containerSecurityContext: { allowPrivilegeEscalation: false, seccompProfile: { type: "RuntimeDefault" } },
        resources,
      },
      metrics: [{ pods: { namespace: defaults.namespace }, port: 8081 }],
    });
  }
}
