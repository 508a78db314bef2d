import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { distinctPaths } from "../connections/path";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { IBucket } from "../object-store/object-store";
import { literalText } from "../shared/literal-text";
import type { IStorageClass } from "../storage/storage-class";
import { logAlerts } from "./log-alerts";
import { logRuleFile } from "./log-rule-file";
import { lokiResources, lokiValues } from "./loki-values";

export interface LokiProps extends AddonProps {
  /** Namespace of what watches the platform. */
  readonly namespace: GuardedNamespace;
  /** Where logs are kept. */
  readonly bucket: IBucket;
  /** What {@link lokiAccount} may do. */
  readonly identity: IWorkloadIdentity;
  /** Of the volume for what is not in the bucket yet. */
  readonly storageClass: IStorageClass;
}

const defaults = { chart: "loki", rules: "loki-rules" } as const;

/** Service account that reads and writes the bucket. */
export const lokiAccount = { serviceAccount: "loki", purpose: "loki" } as const;

/** Between Lokis: requests of each other's parts, and who is there. */
const peers = [{ port: 9095 }, { port: 7946 }];

/** Keeps logs in the object store and looks for alerts in them. */
export class Loki extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, namespace, bucket, identity, storageClass }: LokiProps) {
    const { alertmanager, grafana, logs } = telemetry;
    const { environment, footprint } = setting;
    const file = logRuleFile(`${scope.node.path}/${id}/rules`, environment, logAlerts);
    const rules = new ConfigMapV1(scope, `${id}Rules`, {
      metadata: { name: defaults.rules, namespace: namespace.resource.metadata.name },
      data: { "rules.yaml": literalText(file) },
    });
    bucket.grantReadWrite(identity, "Bucket-logs");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: footprint.quorum, resources: lokiResources(setting) }],
      paths: distinctPaths([
        ...identity.paths(logs.pods),
        { from: logs.pods, to: "dns" },
        { from: logs.pods, to: logs.pods, ports: [{ port: logs.port }, ...peers] },
        { from: logs.pods, to: alertmanager.pods, ports: [{ port: alertmanager.port }] },
        { from: grafana.pods, to: logs.pods, ports: [{ port: logs.port }] },
      ]),
      requires: [identity, bucket, storageClass, { installed: [rules] }],
      values: lokiValues({
        setting,
        bucket,
        identity,
        serviceAccount: lokiAccount.serviceAccount,
        rules: defaults.rules,
        storageClassName: storageClass.storageClassName,
      }),
      metrics: [{ pods: logs.pods, port: logs.port }],
    });
  }
}
