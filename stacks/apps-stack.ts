import type { App } from "cdktf";
import type { Application } from "../applications/application";
import { connectionsOf } from "../applications/connections";
import type { ICluster } from "../constructs/cluster/cluster";
import { useCharts, useCluster } from "../constructs/cluster/use-cluster";
import { PrometheusRules } from "../constructs/monitoring/prometheus-rules";
import { monitoringNamespace } from "../constructs/monitoring/telemetry";
import { sharedRecordings } from "../constructs/objectives/shared-recordings";
import { PriorityClasses } from "../constructs/workload/priority-classes";
import { QueueReader, scaleByQueues } from "../constructs/workload/queue-reader";
import { RunningApplication } from "../constructs/workload/running-application";
import type { WorkloadSetting } from "../constructs/workload/workload-setting";
import type { DataStack } from "./data-stack";
import type { Environment } from "../environments/environment";
import { LayerStack, type LayerStackProps } from "./layer-stack";
import type { PlatformStack } from "./platform-stack";

export interface AppsStackProps extends LayerStackProps {
  readonly cluster: ICluster;
  readonly platform: Pick<PlatformStack, "setting" | "registry" | "secretStore" | "ingress">;
  readonly data: Pick<DataStack, "database" | "cache" | "objectStore">;
  readonly applications: readonly Application[];
}

/** The workloads of the platform's users. */
export class AppsStack extends LayerStack {
  constructor(scope: App, props: AppsStackProps) {
    super(scope, "apps", props);
    const { applications, catalog, cluster, data, environment, platform } = props;
    useCluster(this, cluster.access);
    useCharts(this, cluster.access);
    const { ingress, registry, secretStore, setting } = platform;
    const { cache, database, objectStore } = data;
    const shared: WorkloadSetting = {
      ...{ setting, cluster, registry, secretStore, ingress, database, cache, objectStore, applications },
      priorities: new PriorityClasses(this, "PriorityClasses"),
      ...(scaleByQueues(applications) ? { queues: new QueueReader(this, "QueueReader", { setting, secretStore, cache }) } : {}),
      identity: (place, id, account) => catalog.workloadIdentity(place, id, { ...account, setting, cluster }),
    };
    for (const application of applications) new RunningApplication(this, application.name, { setting: shared, application });
    if (environment.monitoring) this.recordAll(environment);
    this.publish({ urls: this.urls(applications, ingress) });
  }

  /** What is recorded of all workloads alike, once. */
  private recordAll(environment: Environment): void {
    const groups = sharedRecordings();
    new PrometheusRules(this, "Recordings", { environment, namespace: monitoringNamespace, name: "workloads", groups, requires: [] });
  }

  /** Where the routes of the applications are reached. */
  private urls(applications: readonly Application[], ingress: PlatformStack["ingress"]): readonly string[] {
    const { domain } = ingress;
    return connectionsOf(applications)
      .flatMap(({ connection }) => (connection.to === "gateway" ? [connection] : []))
      .map(({ host, path = "" }) => `${ingress.urlOf(host === undefined ? domain : `${host}.${domain}`)}${path}`);
  }
}
