import { Id } from "@cdktf/provider-random/lib/id";
import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import type { CustomResource } from "../addons/manifests";
import type { Installed } from "../addons/installed";
import type { Path, Pods } from "../connections/path";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "../identity/workload-identity";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { IBucket, IObjectStore } from "../object-store/object-store";
import type { PodResources } from "../shared/pod-resources";
import type { BarmanObjectStore } from "./barman-object-store";
import type { CnpgCluster } from "./cnpg-cluster";
import type { ScheduledBackup } from "./scheduled-backup";

/** Makes the identity of a service account, as the environment's catalog does. */
export type IdentityFactory = (
  scope: Construct,
  id: string,
  props: Pick<WorkloadIdentityProps, "namespace" | "serviceAccount" | "purpose" | "statements">,
) => IWorkloadIdentity;

export interface CnpgBackupsProps {
  /** Name of the cluster, and of its service account. */
  readonly name: string;
  /** Major version of PostgreSQL. */
  readonly version: string;
  readonly namespace: GuardedNamespace;
  readonly objectStore: IObjectStore;
  readonly identity: IdentityFactory;
  /** How long each point in time can be gone back to. */
  readonly retentionDays: number;
  /** When the daily backup begins: `HH:MM`, UTC. */
  readonly backupAt: string;
  /** Of the container beside each instance that does it. */
  readonly resources: PodResources;
}

/** Name by which CloudNativePG calls the plugin. */
const pluginName = "barman-cloud.cloudnative-pg.io";

/** Daily backups of a cluster and its write-ahead log, without a gap, in a bucket of its own. */
export class CnpgBackups extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
  /** What the cluster has to say. */
  readonly clusterSpec: Pick<CnpgCluster["spec"], "plugins" | "serviceAccountTemplate">;
  /** Objects beside it. */
  readonly resources: readonly CustomResource[];
  /** Escape hatch. */
  readonly bucket: IBucket;
  readonly identity: IWorkloadIdentity;

  constructor(scope: Construct, id: string, props: CnpgBackupsProps) {
    super(scope, id);
    const { name, version, namespace, objectStore, identity } = props;
    const purpose = `${name}-backups`;
    this.bucket = objectStore.createBucket(this, "Bucket", { name: purpose, keepVersionsDays: 1 }); // backups are deleted for good in time
    this.identity = identity(this, "Identity", { namespace, serviceAccount: name, purpose, statements: [] });
    this.bucket.grantReadWrite(this.identity, "Backups");
    // Barman takes no log of another database into an archive, and would mix those of two major versions up: each has a folder of its own,
    // and old ones can be had back.
    const archive = new Id(this, "Archive", { byteLength: 4 });
    const annotations = this.identity.serviceAccountAnnotations;
    this.clusterSpec = {
      plugins: [
        {
          name: pluginName,
          isWALArchiver: true,
          parameters: { barmanObjectName: purpose, serverName: `${name}-${version}-${archive.hex}` },
        },
      ],
      ...(Object.keys(annotations).length > 0 ? { serviceAccountTemplate: { metadata: { annotations } } } : {}),
    };
    this.resources = [this.store(props, purpose), schedule(props)];
    this.installed = [...this.bucket.installed, ...this.identity.installed];
  }

  /** Who instances talk to for it. */
  paths(pods: Pods): readonly Path[] {
    return this.identity.paths(pods);
  }

  private store({ namespace, retentionDays, resources }: CnpgBackupsProps, name: string): BarmanObjectStore {
    const { bucketName, endpoint, region } = this.bucket;
    const { secretName } = this.identity.containerEnvironment;
    return {
      apiVersion: "barmancloud.cnpg.io/v1",
      kind: "ObjectStore",
      metadata: { name, namespace: namespace.namespaceName },
      spec: {
        configuration: {
          destinationPath: `s3://${bucketName}/`,
          endpointURL: endpoint,
          s3Credentials:
            secretName === undefined
              ? { inheritFromIAMRole: true }
              : {
                  accessKeyId: { name: secretName, key: "AWS_ACCESS_KEY_ID" },
                  secretAccessKey: { name: secretName, key: "AWS_SECRET_ACCESS_KEY" },
                },
          data: { compression: "gzip" },
          wal: { compression: "gzip" },
        },
        retentionPolicy: `${retentionDays}d`,
        // Barman is written in Python: its SDK of AWS reads no AWS_REGION.
        instanceSidecarConfiguration: { env: [{ name: "AWS_DEFAULT_REGION", value: region }], resources },
      },
    };
  }
}

function schedule({ name, namespace, backupAt }: CnpgBackupsProps): ScheduledBackup {
  const [hour = "", minute = ""] = backupAt.split(":");
  return {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "ScheduledBackup",
    metadata: { name: `${name}-daily`, namespace: namespace.namespaceName },
    spec: {
      cluster: { name },
      schedule: `0 ${Number(minute)} ${Number(hour)} * * *`,
      immediate: true, // the log alone brings nothing back
      method: "plugin",
      pluginConfiguration: { name: pluginName },
      backupOwnerReference: "self",
    },
  };
}
