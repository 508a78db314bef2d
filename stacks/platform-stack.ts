import type { App } from "cdktf";
import { HelmAddon } from "../constructs/addons/helm-addon";
import type { Installed } from "../constructs/addons/installed";
import type { PlatformSetting } from "../constructs/addons/platform-setting";
import { AlertReceivers } from "../constructs/alerting/alert-receivers";
import type { Catalog } from "../constructs/catalog";
import type { ICertificateIssuer } from "../constructs/certificates/certificate-issuer";
import type { ICluster } from "../constructs/cluster/cluster";
import { useCharts, useCluster } from "../constructs/cluster/use-cluster";
import { BarmanCloudPlugin } from "../constructs/database/barman-cloud-plugin";
import { CloudNativePg } from "../constructs/database/cloud-native-pg";
import type { IIngress } from "../constructs/ingress/ingress";
import { AddonMonitors } from "../constructs/monitoring/addon-monitors";
import { KubePrometheusStack } from "../constructs/monitoring/kube-prometheus-stack";
import { PrometheusOperatorCrds } from "../constructs/monitoring/prometheus-operator-crds";
import { dataNamespaces } from "../constructs/namespaces/data-namespaces";
import { GuardedNamespace } from "../constructs/namespaces/guarded-namespace";
import type { INetwork } from "../constructs/network/network";
import type { IObjectStore } from "../constructs/object-store/object-store";
import { Observability } from "../constructs/observability/observability";
import { telemetryBuckets } from "../constructs/observability/telemetry-buckets";
import { PodPolicies } from "../constructs/policy/pod-policies";
import type { IRegistry } from "../constructs/registry/registry";
import { Keda } from "../constructs/scaling/keda";
import { VerticalPodAutoscaler } from "../constructs/scaling/vertical-pod-autoscaler";
import { SealedSecrets } from "../constructs/secrets/sealed-secrets";
import type { ISecretStore } from "../constructs/secrets/secret-store";
import type { IStorageClass } from "../constructs/storage/storage-class";
import { LayerStack, type LayerStackProps } from "./layer-stack";

export interface PlatformStackProps extends LayerStackProps {
  readonly network: INetwork;
  readonly cluster: ICluster;
}

/** What workloads find in every cluster. */
export class PlatformStack extends LayerStack {
  readonly setting: PlatformSetting;
  readonly registry: IRegistry;
  readonly storageClass: IStorageClass;
  readonly issuer: ICertificateIssuer;
  readonly secretStore: ISecretStore;
  readonly ingress: IIngress;
  /** Logs, traces and profiles, where the environment has monitoring. */
  readonly telemetryStore: IObjectStore | undefined;

  constructor(scope: App, props: PlatformStackProps) {
    super(scope, "platform", props);
    const { catalog, cluster, environment, network } = props;
    useCluster(this, cluster.access);
    useCharts(this, cluster.access);
    this.setting = { environment, footprint: catalog.footprint, places: catalog.places };
    const { setting } = this;

    this.registry = catalog.registry(this, "Registry", { images: environment.images, pullPrincipals: cluster.imagePullPrincipals });
    this.storageClass = catalog.storageClass(this, "StorageClass", { setting });
    catalog.platformAccess(this, "Access", { setting });
    this.issuer = catalog.certificateIssuer(this, "CertificateIssuer", { setting, cluster });
    this.secretStore = catalog.secretStore(this, "SecretStore", { setting, cluster });
    if (environment.sealedSecrets) new SealedSecrets(this, "SealedSecrets", { setting });
    this.ingress = catalog.ingress(this, "Ingress", { setting, cluster, network, issuer: this.issuer });
    this.addScaling(catalog, props);
    const crds = new PrometheusOperatorCrds(this, "PrometheusOperatorCrds", { setting });
    this.telemetryStore = this.addMonitoring(catalog, cluster, crds);
    const operator = new CloudNativePg(this, "CloudNativePg", { setting });
    new BarmanCloudPlugin(this, "BarmanCloudPlugin", { setting, operator, certManager: this.issuer.certManager });
    this.addPolicies(catalog, cluster);
    this.addMonitors(crds);

    this.publish({
      registry_address: this.registry.address,
      domain: this.ingress.domain,
      secret_store: this.secretStore.storeName,
      certificate_issuer: this.issuer.issuerName,
      storage_class: this.storageClass.storageClassName,
    });
  }

  private addScaling(catalog: Catalog, { cluster, network }: PlatformStackProps): void {
    const { setting } = this;
    const metricsServer = catalog.metricsServer(this, "MetricsServer", { setting });
    catalog.nodeScaling(this, "NodeScaling", { setting, cluster, network });
    catalog.devicePlugin(this, "DevicePlugin", { setting });
    catalog.offHours(this, "OffHours", { cluster });
    new Keda(this, "Keda", { setting });
    new VerticalPodAutoscaler(this, "VerticalPodAutoscaler", { setting, metricsServer });
  }

  /** Monitors and rules have a home in every environment; somebody watches them where the environment says so. */
  private addMonitoring(catalog: Catalog, cluster: ICluster, crds: PrometheusOperatorCrds): IObjectStore | undefined {
    const { ingress, issuer, secretStore, setting, storageClass } = this;
    if (!setting.environment.monitoring) return undefined;
    const buckets = telemetryBuckets(setting.environment);
    const store = catalog.objectStore(this, "TelemetryStore", { setting, purpose: "telemetry", buckets });
    const { certManager } = issuer;
    const { values: alertmanager } = new AlertReceivers(this, "AlertReceivers", { setting, namespace: crds.namespace, secretStore });
    const archive = catalog.metricsArchive(this, "MetricsArchive", { setting, cluster, namespace: crds.namespace });
    const stack = new KubePrometheusStack(this, "Monitoring", {
      ...{ setting, crds, certManager, secretStore, storageClass, alertmanager, archive },
    });
    catalog.nodeExporter(this, "NodeExporter", { setting, crds });
    new Observability(this, "Observability", {
      ...{ setting, cluster, crds, stack, certManager, secretStore, storageClass, ingress, store },
      mostNodes: catalog.mostNodes,
      identity: (place, name, account) => catalog.workloadIdentity(place, name, { ...account, setting, cluster }),
    });
    return store;
  }

  /** Once every add-on is known, that of the policies as well. */
  private addMonitors(crds: PrometheusOperatorCrds): void {
    const { setting } = this;
    if (!setting.environment.monitoring) return;
    const addons = this.node.findAll().filter((part): part is HelmAddon => part instanceof HelmAddon);
    new AddonMonitors(this, "AddonMonitors", { setting, crds, addons });
  }

  /** Last: nothing of the platform may have to wait for what judges it. */
  private addPolicies(catalog: Catalog, cluster: ICluster): void {
    const { registry, setting } = this;
    const parts = this.node.findAll();
    const kyverno = catalog.policyEngine(this, "PolicyEngine", {
      setting,
      cluster,
      after: parts.filter((part): part is typeof part & Installed => "installed" in part),
      // The data layer comes later, and policies for the teams' images must not keep its own out.
      platformNamespaces: [
        ...parts.flatMap((part) => (part instanceof GuardedNamespace ? [part.namespaceName] : [])),
        ...Object.values(dataNamespaces),
      ],
    });
    new PodPolicies(this, "PodPolicies", { setting, kyverno, registry });
  }
}
