import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { serves, type ServingIntent, type WorkloadIntent } from "../../applications/application";
import { installedBeside, type Installed } from "../addons/installed";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { requireName } from "../shared/kubernetes-names";
import { literalTexts } from "../shared/literal-text";
import { WorkloadConnections } from "./workload-connections";
import { CronWorkload } from "./cron-workload";
import { MigrationJob } from "./migration-job";
import { ServingWorkload } from "./serving-workload";
import { WorkloadFiles } from "./workload-files";
import { serverSelector } from "./workload-labels";
import { imageNamed, imageOf } from "./workload-image";
import type { PodParts } from "./workload-pod";
import { WorkloadSecrets, type ApplicationSecrets } from "./workload-secrets";
import type { WorkloadSetting } from "./workload-setting";

export interface WorkloadProps {
  readonly setting: WorkloadSetting;
  readonly namespace: GuardedNamespace;
  readonly application: string;
  readonly name: string;
  readonly intent: WorkloadIntent;
  /** Secrets of the application, by their names. */
  readonly secrets: ApplicationSecrets;
}

/**
 * A part of an application: its pods, and everything that these need before they start. Migrations come in between, in an order that
 * only the application knows: {@link migrate} them, then {@link run} it.
 */
export class Workload extends Construct {
  private readonly connections: WorkloadConnections;
  private readonly parts: PodParts;
  private readonly service?: ServiceV1;

  /** @throws ConfigurationError for names that are too long, and for what the environment does not have */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadProps,
  ) {
    super(scope, id);
    const { application, intent, name, namespace, setting } = props;
    const place = { application, workload: requireName(this, "name", name, intent.kind === "stateful-set" ? "stateful set" : "service") };
    const metadata = { name, namespace: namespace.resource.metadata.name };
    this.connections = new WorkloadConnections(this, "Connections", { ...props, place });
    const { access, identity, telemetry, variables } = this.connections;
    const account = new ServiceAccountV1(this, "ServiceAccount", {
      metadata: { ...metadata, annotations: { ...identity?.serviceAccountAnnotations } },
      automountServiceAccountToken: false, // each pod says whether it needs one
    });
    const config = this.createVariables({ ...literalTexts(intent.variables ?? {}), ...variables });
    const secrets = new WorkloadSecrets(this, "Secrets", { ...props, store: setting.secretStore });
    const files = new WorkloadFiles(this, "Files", { ...props, store: setting.secretStore });
    this.parts = {
      place,
      intent,
      image: imageOf(setting, place, intent.image),
      resources: setting.setting.footprint.workloads.resources(intent.resources),
      scheduling: setting.cluster.scheduling(intent.placement),
      priority: setting.priorities.of(intent.priority),
      serviceAccountName: account.metadata.name,
      configMaps: [...(config ? [config] : []), ...(access ? [access.config] : [])],
      mountedMaps: files.configMaps,
      secretNames: [secrets.secretName, access?.secretName, identity?.containerEnvironment.secretName].filter((each) => each !== undefined),
      addresses: access?.addresses ?? [],
      pullSecretNames: secrets.pullSecretNames,
      fingerprints: [...secrets.fingerprints, ...files.fingerprints],
      variables: { HOME: "/tmp", ...identity?.containerEnvironment.variables, ...telemetry.variables },
      annotations: telemetry.annotations,
      volumes: files.volumes,
      ...(access?.authoritySecretName ? { authoritySecretName: access.authoritySecretName } : {}),
      requires: [...namespace.guards, ...this.installed([this.connections, secrets, files])],
    };
    if (serves(intent) && (intent.ports || intent.kind === "stateful-set")) this.service = this.createService(metadata, intent);
  }

  /** A migration of the workload. @param after what has to have ended before */
  migrate(name: string, after: readonly Installed[]): MigrationJob {
    const { intent, namespace, setting } = this.props;
    const migration = serves(intent) ? intent.migrations?.find((candidate) => candidate.name === name) : undefined;
    if (migration === undefined) throw new Error(`${this.node.path} has no migration ${name}; the rules of applications refuse that`);
    const image = migration.image ? imageNamed(setting, migration.image) : this.parts.image;
    return new MigrationJob(this, `Migration-${name}`, { parts: { ...this.parts, image }, namespace, migration, after });
  }

  /** The pods, once all migrations have ended: those that run all the time are there when they are ready. */
  run(migrations: readonly Installed[]): Installed {
    const { intent, namespace, setting } = this.props;
    const parts = { ...this.parts, requires: [...this.parts.requires, ...this.installed(migrations)] };
    if (!serves(intent)) {
      new CronWorkload(this, "Pods", { parts, intent, namespace });
      return { installed: [] };
    }
    const pods = new ServingWorkload(this, "Pods", { setting, parts, intent, namespace });
    this.connections.openRoutes(this.service ? [{ installed: [this.service] }] : []);
    return pods;
  }

  /** Every object of a workload ends with what it is: `backend` and `backend-data` may be two workloads of one application. */
  private createVariables(data: Record<string, string>): ConfigMapV1 | undefined {
    const { name, namespace } = this.props;
    if (Object.keys(data).length === 0) return undefined;
    return new ConfigMapV1(this, "Variables", {
      metadata: { name: `${name}-variables`, namespace: namespace.resource.metadata.name },
      data,
    });
  }

  private createService(metadata: { readonly name: string; readonly namespace: string }, { kind, ports = [] }: ServingIntent): ServiceV1 {
    return new ServiceV1(this, "Service", {
      metadata,
      spec: {
        selector: serverSelector(this.props.name),
        // It gives the pods of a stateful set their names.
        ...(kind === "stateful-set" ? { clusterIp: "None" } : {}),
        port: ports.map(({ name, port }) => ({ name, port, targetPort: name })),
      },
    });
  }

  private installed(parts: readonly Installed[]): readonly ITerraformDependable[] {
    return installedBeside(this, parts);
  }
}
