import type { Construct } from "constructs";
import { disruptionBudget } from "../addons/disruption-budget";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths } from "../connections/path";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { GuardedNamespace } from "../namespaces/guarded-namespace";

export interface ExternalSecretsProps extends AddonProps {
  /** Who the operator is for a store outside of the cluster; it exists before the operator starts. @default nobody */
  readonly identity?: IWorkloadIdentity;
}

const defaults = { chart: "external-secrets", namespace: "external-secrets" } as const;

/** Service account of the operator, which reads the store. */
export const externalSecretsAccount = { namespace: defaults.namespace, serviceAccount: "external-secrets" } as const;

/** Port of the webhook that judges stores and external secrets. */
const webhookPort = 10250;

/** External Secrets Operator: keeps Secrets the same as what they are copies of, in the environment's store. */
export class ExternalSecrets extends HelmAddon {
  readonly namespace: GuardedNamespace;

  constructor(scope: Construct, id: string, { setting, identity }: ExternalSecretsProps) {
    const { environment, footprint } = setting;
    const { replicas } = footprint;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const podsOf = (name: string) => ({ namespace: defaults.namespace, labels: { "app.kubernetes.io/name": name } });
    const [operator, webhook, certController] = [
      podsOf("external-secrets"),
      podsOf("external-secrets-webhook"),
      podsOf("external-secrets-cert-controller"),
    ] as const;
    const [resources, small] = [footprint.resources("medium"), footprint.resources("small")];
    const podDisruptionBudget = disruptionBudget(replicas);
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [
        { replicas, resources },
        { replicas, resources: small },
        { replicas: 1, resources: small },
      ],
      paths: [
        ...operatorPaths(operator),
        ...(identity?.paths(operator) ?? []),
        ...operatorPaths(webhook, webhookPort),
        ...operatorPaths(certController),
      ],
      requires: identity ? [identity] : [],
      values: {
        replicaCount: replicas,
        leaderElect: replicas > 1,
        podDisruptionBudget,
        resources,
        serviceAccount: {
          name: externalSecretsAccount.serviceAccount,
          annotations: { ...identity?.serviceAccountAnnotations },
        },
        ...unused,
        webhook: { replicaCount: replicas, port: webhookPort, podDisruptionBudget, resources: small },
        // It renews the webhook's certificate now and then; nobody waits for it.
        certController: { replicaCount: 1, resources: small },
      },
      metrics: [operator, webhook, certController].map((pods) => ({ pods, port: 8080 })),
    });
    this.namespace = namespace;
  }
}

/** One store for the whole cluster, and nothing that writes to it; people get no rights by the roles of Kubernetes. */
const unused = {
  crds: {
    createClusterExternalSecret: false,
    createClusterGenerator: false,
    createClusterPushSecret: false,
    createPushSecret: false,
    unsafeServeV1Beta1: false,
  },
  processClusterExternalSecret: false,
  processClusterGenerator: false,
  processClusterPushSecret: false,
  processPushSecret: false,
  rbac: {
    // Who may write an ExternalSecret reads every secret of the store.
    aggregateToEdit: false,
    aggregateToAdmin: false,
    // A store that signs in with a service account grants that one token itself.
    serviceAccountTokenCreate: false,
    servicebindings: { create: false },
  },
};
