import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths, type Pods } from "../connections/path";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { GuardedNamespace } from "../namespaces/guarded-namespace";

export interface CertManagerProps extends AddonProps {
  /** What {@link solverAccount} may do in DNS, where an ACME server asks for a record. @default nothing, and no way to the internet */
  readonly identity?: IWorkloadIdentity;
}

const defaults = { chart: "cert-manager", namespace: "cert-manager" } as const;

/** Service account of the controller, which answers an ACME server's challenges. */
export const solverAccount = { namespace: defaults.namespace, serviceAccount: "cert-manager" } as const;

/** Port that the webhook listens on, the chart's default. */
const webhookPort = 10250;

/** Beta since cert-manager 1.17, and as good as on; a CA without limits must not come of a change of that. */
const featureGates = "NameConstraints=true";

/** cert-manager, with its types: it keeps certificates in secrets and renews them. */
// eslint-disable-next-line no-restricted-syntax -- the product's own name
export class CertManager extends HelmAddon {
  /** Secrets of issuers for the whole cluster are in here. */
  readonly namespace: GuardedNamespace;

  constructor(scope: Construct, id: string, { setting, identity }: CertManagerProps) {
    const { environment, footprint } = setting;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const component = (name: string): Pods => ({
      namespace: defaults.namespace,
      labels: { "app.kubernetes.io/component": name },
    });
    const controller = component("controller");
    const [small, medium] = [footprint.resources("small"), footprint.resources("medium")];
    const highlyAvailable = { podDisruptionBudget: { enabled: footprint.replicas > 1 } }; // one of them stays, by the chart's default
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [
        { replicas: footprint.replicas, resources: medium }, // controller
        { replicas: footprint.replicas, resources: medium }, // CA injector: it watches every secret and webhook
        { replicas: footprint.quorum, resources: small }, // webhook
        { replicas: 1, resources: small }, // the job that waits for the API
      ],
      paths: [
        ...operatorPaths({ namespace: defaults.namespace }),
        { from: "api-server", to: component("webhook"), ports: [{ port: webhookPort }] },
        ...(identity ? [...identity.paths(controller), { from: controller, to: "internet" } as const] : []), // Route 53 has no endpoint in a VPC
      ],
      requires: identity ? [identity] : [],
      values: {
        crds: { enabled: true, keep: true }, // without them every certificate would go
        global: { leaderElection: { namespace: defaults.namespace } },
        featureGates,
        replicaCount: footprint.replicas,
        resources: medium,
        ...highlyAvailable,
        serviceAccount: { annotations: { ...identity?.serviceAccountAnnotations } },
        // Whether a record is there yet is asked of the cluster's DNS, and not of the zone's own servers, by port 53 of the internet.
        dns01RecursiveNameserversOnly: true,
        webhook: { replicaCount: footprint.quorum, featureGates, resources: small, securePort: webhookPort, ...highlyAvailable },
        cainjector: { replicaCount: footprint.replicas, resources: medium, ...highlyAvailable },
        startupapicheck: { resources: small },
      },
      metrics: [{ pods: { namespace: defaults.namespace }, port: 9402 }],
    });
    this.namespace = namespace;
  }
}
