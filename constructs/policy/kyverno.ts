import type { Construct } from "constructs";
import { disruptionBudget } from "../addons/disruption-budget";
import { HelmAddon } from "../addons/helm-addon";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import { operatorPaths, type Pods } from "../connections/path";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { allBut, kubernetesNamespaces } from "./policy-scope";

export interface PolicyEngineProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  /** Everything else of the platform: nothing of it may have to wait for the policies. */
  readonly after: readonly Installed[];
  /** Namespaces that hold the platform's own pods; they are left alone. */
  readonly platformNamespaces: readonly string[];
}

export interface KyvernoProps extends Omit<PolicyEngineProps, "cluster"> {
  /** What {@link verifierAccount} may do in the registry, where signatures are asked for. @default nothing */
  readonly identity?: IWorkloadIdentity;
}

const defaults = { chart: "kyverno", namespace: "kyverno" } as const;

/** Service account that reads signatures. */
export const verifierAccount = { namespace: defaults.namespace, serviceAccount: "kyverno-admission-controller" } as const;

/** Port that webhooks listen on, the chart's default. */
const webhookPort = 9443;

/** Kyverno, which judges what is written to the cluster. Policies come in releases after it. */
export class Kyverno extends HelmAddon {
  readonly namespace: GuardedNamespace;
  /** Namespaces whose objects nobody judges: were Kyverno down, what it needs to come back could not start. */
  readonly excludedNamespaces: readonly string[];

  constructor(scope: Construct, id: string, { setting, after, platformNamespaces, identity }: KyvernoProps) {
    const { environment, footprint } = setting;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const pods: Pods = { namespace: defaults.namespace };
    const admission: Pods = { ...pods, labels: { "app.kubernetes.io/component": "admission-controller" } };
    const excludedNamespaces = [...new Set([...kubernetesNamespaces, defaults.namespace, ...platformNamespaces])].sort();
    const resources = footprint.resources("medium");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [
        { replicas: footprint.quorum, resources },
        { replicas: footprint.replicas, resources },
      ],
      paths: [
        ...operatorPaths(pods), // its jobs, too, which move stored objects at an upgrade and take the webhooks away at the end
        { from: "api-server", to: admission, ports: [{ port: webhookPort }] },
        ...(identity?.paths(admission) ?? []),
      ],
      requires: [...after, ...(identity ? [identity] : [])],
      values: {
        config: { webhooks: { namespaceSelector: { ...allBut(excludedNamespaces) } } },
        // Kubernetes' own admission policies would be a second judge, with reports of its own.
        features: { generateValidatingAdmissionPolicy: { enabled: false }, validatingAdmissionPolicyReports: { enabled: false } },
        admissionController: {
          replicas: footprint.quorum,
          podDisruptionBudget: disruptionBudget(footprint.quorum),
          container: { resources },
          rbac: { serviceAccount: { annotations: { ...identity?.serviceAccountAnnotations } } },
        },
        reportsController: {
          replicas: footprint.replicas,
          podDisruptionBudget: disruptionBudget(footprint.replicas),
          resources,
        },
        // They serve policies that change or delete objects. There are none.
        backgroundController: { enabled: false },
        cleanupController: { enabled: false },
      },
      metrics: [{ pods, port: 8000 }],
    });
    this.namespace = namespace;
    this.excludedNamespaces = excludedNamespaces;
  }
}
