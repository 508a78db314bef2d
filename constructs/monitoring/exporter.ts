import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { installedBeside, type Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path, Pods } from "../connections/path";
import { variable, type ScriptVariable } from "../jobs/script-pod";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { requireName } from "../shared/kubernetes-names";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";
import type { PodMonitor } from "./pod-monitor";
import { telemetry } from "./telemetry";

export interface ExporterProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  /** Where it runs. */
  readonly namespace: GuardedNamespace;
  /** Name of the deployment, label `app` of its pods, and label `job` of its series. */
  readonly name: string;
  /** With its digest. One of a tag alone is asked for at every start: a tag may be given to another image. */
  readonly image: string;
  /** Port of its metrics. */
  readonly port: number;
  /** Path that it answers whatever becomes of what it measures. */
  readonly healthPath: string;
  /** @default those of the image */
  readonly args?: readonly string[];
  readonly variables: readonly ScriptVariable[];
  /** A ConfigMap that it reads, and where it looks for it. @default none */
  readonly files?: { readonly configMap: string; readonly mountPath: string };
  /** What it starts anew for when it changes. @default nothing */
  readonly fingerprint?: string;
  /** Whom it runs as. @default nobody: it has no rights anywhere */
  readonly serviceAccount?: string;
  /** Whom it talks to. */
  readonly paths: (pods: Pods) => readonly Path[];
  /** What has to be there before. */
  readonly requires: readonly Installed[];
}

/** A pod that asks something outside of the cluster how it does, and tells Prometheus. */
export class Exporter extends Construct implements Installed, Recorded {
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries;
  /** Escape hatch. */
  readonly resource: DeploymentV1;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExporterProps,
  ) {
    super(scope, id);
    const { namespace, paths, port, requires, setting } = props;
    const name = requireName(this, "name", props.name, "service");
    this.ledgerEntries = imageEntries(props.image);
    namespace.expect([{ replicas: 1, resources: setting.footprint.resources("small") }]);
    const pods = { namespace: namespace.namespaceName, labels: { app: name } };
    const policies = new NetworkPolicies(this, "Paths", {
      owner: name,
      places: setting.places,
      paths: [...paths(pods), { from: telemetry.prometheus.pods, to: pods, ports: [{ port }] }],
    });
    this.resource = this.createDeployment([...namespace.guards, ...policies.resources, ...installedBeside(this, requires)]);
    const monitor = new Manifests(this, "Monitor", {
      release: `${name}-monitor`,
      namespace,
      resources: [this.monitor()],
      requires: [{ installed: namespace.guards }],
    });
    this.installed = [this.resource, ...monitor.installed];
  }

  private createDeployment(dependsOn: ITerraformDependable[]): DeploymentV1 {
    const { cluster, fingerprint, name, namespace, serviceAccount } = this.props;
    const labels = { app: name };
    const { nodeSelector, tolerations } = cluster.scheduling("general");
    const { files } = this.props;
    return new DeploymentV1(this, "Resource", {
      metadata: { name, namespace: namespace.resource.metadata.name, labels },
      spec: {
        replicas: "1", // two would tell everything twice
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, ...(fingerprint === undefined ? {} : { annotations: { "evenkeel/setup": fingerprint } }) },
          spec: {
            ...restrictedPod,
            nodeSelector: { ...nodeSelector },
            toleration: tolerations.map((toleration) => ({ ...toleration })),
            ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
            container: [this.container()],
            ...(files ? { volume: [{ name: "files", configMap: { name: files.configMap } }] } : {}),
          },
        },
      },
      dependsOn,
    });
  }

  private container() {
    const { args, files, healthPath, image, port, setting, variables } = this.props;
    const probe = { httpGet: { path: healthPath, port: "metrics" }, periodSeconds: 30, failureThreshold: 3 };
    return {
      name: "exporter",
      image,
      ...(image.includes("@sha256:") ? {} : { imagePullPolicy: "Always" }),
      ...(args ? { args: [...args] } : {}),
      env: variables.map(variable),
      port: [{ name: "metrics", containerPort: port }],
      livenessProbe: probe,
      readinessProbe: probe,
      securityContext: restrictedContainer,
      resources: setting.footprint.resources("small"),
      ...(files ? { volumeMount: [{ name: "files", mountPath: files.mountPath, readOnly: true }] } : {}),
    };
  }

  private monitor(): PodMonitor {
    const { name, namespace } = this.props;
    return {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name, namespace: namespace.namespaceName },
      spec: {
        selector: { matchLabels: { app: name } },
        podMetricsEndpoints: [{ port: "metrics", relabelings: [{ targetLabel: "job", replacement: name }] }],
      },
    };
  }
}
