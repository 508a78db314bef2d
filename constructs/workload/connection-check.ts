import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { installedBeside, type Installed } from "../addons/installed";
import { valkeyImage } from "../cache/cache-images";
import type { ICache } from "../cache/cache";
import type { ICluster } from "../cluster/cluster";
import { postgresImages } from "../database/postgres-images";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { PodResources } from "../shared/pod-resources";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";
import { authorityFolder, DataAccess, type BucketAccess, type DataAccessProps } from "./data-access";

export interface ConnectionCheckProps extends Required<Omit<DataAccessProps, "name" | "labels" | "buckets">> {
  readonly cluster: ICluster;
  readonly objects: BucketAccess;
}

/** Whom the check runs as. */
export const connectionCheckAccount = { serviceAccount: "connection-check", purpose: "connection-check" } as const;

const name = connectionCheckAccount.serviceAccount;
const awsCliImage = "docker.io/amazon/aws-cli:2.37.5@sha256:fb7ccfc7b4e3a05017e6c9ded4ba959b99af622130e211fb976c68c2f4d3f224";

/** Enough for a client that is started once in a while; the one of AWS is written in Python. */
const resources: PodResources = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "256Mi" } };

/**
 * A pod that is ready as long as the database takes writes, the cache answers and the bucket can be listed, with what every
 * workload gets and nothing else. Each time it connects anew: after a failover it is ready again without anybody's help.
 * A deployment fails when it never gets ready.
 */
export class ConnectionCheck extends Construct implements Installed, Recorded {
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly resource: DeploymentV1;
  readonly access: DataAccess;
  readonly ledgerEntries: LedgerEntries;

  constructor(scope: Construct, id: string, props: ConnectionCheckProps) {
    super(scope, id);
    const { namespace, setting } = props;
    const labels = { app: name };
    const images = { database: postgresImages[setting.environment.database.version], cache: valkeyImage, objects: awsCliImage };
    this.ledgerEntries = Object.assign({}, ...Object.values(images).map(imageEntries));
    this.access = new DataAccess(this, "Access", { ...props, name, labels, buckets: [props.objects] });
    namespace.expect([{ replicas: containers, resources }]);
    this.resource = this.createDeployment(props, images);
    this.installed = [this.resource];
  }

  private createDeployment({ cache, cluster, database, identity, namespace, objects }: ConnectionCheckProps, images: Images): DeploymentV1 {
    const labels = { app: name };
    const metadata = { name, namespace: namespace.resource.metadata.name };
    const account = new ServiceAccountV1(this, "ServiceAccount", {
      metadata: { ...metadata, annotations: { ...identity.serviceAccountAnnotations } },
      automountServiceAccountToken: false,
    });
    const { nodeSelector, tolerations } = cluster.scheduling("general");
    const authority = this.access.authoritySecretName;
    return new DeploymentV1(this, "Resource", {
      metadata: { ...metadata, labels },
      timeouts: { create: "10m", update: "10m" },
      spec: {
        replicas: "1",
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            ...restrictedPod,
            nodeSelector: { ...nodeSelector },
            toleration: tolerations.map((toleration) => ({ ...toleration })),
            serviceAccountName: account.metadata.name,
            container: [
              this.container("database", images.database, databaseCheck, identity),
              this.container("cache", images.cache, cacheCheck(cache, authority !== undefined), identity, authority),
              this.container("objects", images.objects, objectsCheck, identity),
            ],
            volume: [
              { name: "scratch", emptyDir: {} },
              ...(authority ? [{ name: "authority", secret: { secretName: authority, items: [{ key: "ca.crt", path: "ca.crt" }] } }] : []),
            ],
          },
        },
      },
      // Its time runs from here: a server that is still being made would use it up.
      dependsOn: [...namespace.guards, ...this.access.installed, ...installedBeside(this, [database, cache, objects.bucket])],
    });
  }

  /** A container that waits; its readiness is the check. */
  private container(part: string, image: string, check: Check, identity: IWorkloadIdentity, authority?: string) {
    const { containerEnvironment } = identity;
    const variables = { HOME: "/tmp", ...containerEnvironment.variables, ...check.variables };
    const secrets = [this.access.secretName, containerEnvironment.secretName].filter((secret) => secret !== undefined);
    return {
      name: part,
      image,
      command: ["sh", "-c", "trap exit TERM; sleep infinity & wait"],
      env: Object.entries(variables).map(([variable, value]) => ({ name: variable, value })),
      envFrom: [{ configMapRef: { name: this.access.configMapName } }, ...secrets.map((secret) => ({ secretRef: { name: secret } }))],
      readinessProbe: {
        exec: { command: ["sh", "-c", check.command] },
        periodSeconds: check.periodSeconds,
        timeoutSeconds: 15,
        failureThreshold: 2,
      },
      // Unready says something about the server; a container whose client does not start any more is started anew.
      livenessProbe: { exec: { command: [check.client, "--version"] }, periodSeconds: 300, timeoutSeconds: 15 },
      securityContext: restrictedContainer,
      resources,
      volumeMount: [
        { name: "scratch", mountPath: "/tmp" },
        ...(authority ? [{ name: "authority", mountPath: authorityFolder, readOnly: true }] : []),
      ],
    };
  }
}

type Images = Readonly<Record<"database" | "cache" | "objects", string>>;

const containers = 3;

interface Check {
  /** The program that the command runs. */
  readonly client: string;
  readonly command: string;
  readonly periodSeconds: number;
  /** Variables that its client reads. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A replica that has not been promoted yet does not count: the application has to write. */
const databaseCheck: Check = {
  client: "psql",
  command: 'psql "$DATABASE_URL" --no-psqlrc --tuples-only --command "SELECT 1"',
  periodSeconds: 10,
  variables: { PGTARGETSESSIONATTRS: "read-write", PGCONNECT_TIMEOUT: "5" },
};

/** Says `PONG` over TLS, signed in. The client succeeds with an error as its answer, too: what it says is looked at. */
function cacheCheck({ clustered }: ICache, ownAuthority: boolean): Check {
  const options = [...(clustered ? ["-c"] : []), ...(ownAuthority ? [`--cacert ${authorityFolder}/ca.crt`] : [])];
  return {
    client: "valkey-cli",
    command: `valkey-cli ${[...options, '--no-auth-warning -u "$REDIS_URL" ping'].join(" ")} | grep -q PONG`,
    periodSeconds: 10,
  };
}

/** The client takes a second of CPU to start: it is not asked as often. */
const objectsCheck: Check = {
  client: "aws",
  command: 'aws s3api list-objects-v2 --bucket "$S3_BUCKET" --max-items 1',
  periodSeconds: 60,
};
