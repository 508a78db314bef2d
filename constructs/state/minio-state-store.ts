import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import { Bytes } from "@cdktf/provider-random/lib/bytes";
import { Password } from "@cdktf/provider-random/lib/password";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import { nodePorts } from "../cluster/node-ports";
import { kindPlaces } from "../connections/kind-places";
import { NetworkPolicies } from "../connections/network-policies";
import { clientResources } from "../jobs/script-pod";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { localNames } from "../shared/naming";
import { serverResources } from "../shared/pod-resources";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";
import { minioCredentialsName, minioPort, minioScratch, minioServiceName, minioSetupName, minioUrl, stateStoreNamespace } from "./minio";
import { MinioSetupJob } from "./minio-setup-job";
import type { IStateStore, StateCredentials } from "./state-store";

/** User that Terraform's backend signs in as. It may touch the state bucket and nothing else. */
const stateUser = "terraform";

/** Root user of the server. It is used once, by the job that sets the server up. */
const rootUser = "minio-root";

/** Name of the key that encrypts objects. They name it, so it stays. */
const encryptionKeyName = "objects";

/** MinIO in the Kind cluster with a bucket for Terraform state, reached on a port of the laptop. */
export class MinioStateStore extends Construct implements IStateStore, Recorded {
  readonly bucketName: string;
  readonly endpoint: string;
  readonly credentials: StateCredentials;
  /** Escape hatch. */
  readonly server: StatefulSetV1;
  readonly ledgerEntries: LedgerEntries;
  private readonly namespace: GuardedNamespace;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: LocalEnvironment,
  ) {
    super(scope, id);
    this.bucketName = localNames(environment).stateBucket;
    this.endpoint = stateEndpoint(environment);
    this.ledgerEntries = imageEntries(environment.stateStore.image);
    this.namespace = new GuardedNamespace(this, "Namespace", {
      environment,
      name: stateStoreNamespace,
      asks: [
        { replicas: 1, resources: serverResources(environment) },
        { replicas: environment.objectStore.buckets.length, resources: clientResources }, // jobs that make buckets, all at once
      ],
    });
    const namespace = this.namespace.resource.metadata.name;
    const policies = this.allowPaths();
    // Letters and digits only: the job puts them into a URL.
    const password = (name: string) => new Password(this, name, { length: 32, special: false }).result;
    this.credentials = { accessKey: stateUser, secretKey: password("StatePassword") };
    const secret = this.createSecret(namespace, password("RootPassword"), new Bytes(this, "EncryptionKey", { length: 32 }));
    this.createService(namespace);
    this.server = this.createServer(namespace, secret.metadata.name, [...this.namespace.guards, ...policies.resources]);
    new MinioSetupJob(this, "Setup", {
      namespace,
      image: environment.stateStore.image,
      bucketName: this.bucketName,
      credentialsSecretName: secret.metadata.name,
      dependsOn: [this.server],
    });
  }

  private createSecret(namespace: string, rootPassword: string, encryptionKey: Bytes): SecretV1 {
    const { accessKey, secretKey } = this.credentials;
    return new SecretV1(this, "Credentials", {
      metadata: { name: minioCredentialsName, namespace },
      data: {
        rootUser,
        rootPassword,
        stateUser: accessKey,
        statePassword: secretKey,
        encryptionKey: `${encryptionKeyName}:${encryptionKey.base64}`,
      },
    });
  }

  private createService(namespace: string): void {
    new ServiceV1(this, "Service", {
      metadata: { name: minioServiceName, namespace },
      spec: {
        type: "NodePort",
        selector: { app: minioServiceName },
        port: [{ name: "s3", port: minioPort, targetPort: "s3", nodePort: nodePorts.objectStore }],
      },
    });
  }

  /** Terraform on the laptop, and the setup job; the server itself calls nobody. */
  private allowPaths(): NetworkPolicies {
    const pods = (app: string) => ({ namespace: stateStoreNamespace, labels: { app } });
    const ports = [{ port: minioPort }];
    return new NetworkPolicies(this, "Paths", {
      owner: "allow",
      places: kindPlaces(this.environment),
      paths: [
        { from: "laptop", to: pods(minioServiceName), ports },
        { from: pods(minioSetupName), to: pods(minioServiceName), ports },
        { from: pods(minioSetupName), to: "dns" },
      ],
    });
  }

  private createServer(namespace: string, secretName: string, dependsOn: ITerraformDependable[]): StatefulSetV1 {
    const { image, storageGib } = this.environment.stateStore;
    const fromSecret = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key } } });
    const probe = (path: string) => ({ httpGet: { path, port: "s3" }, periodSeconds: 10, failureThreshold: 6 });
    return new StatefulSetV1(this, "Resource", {
      metadata: { name: minioServiceName, namespace, labels: { app: minioServiceName } },
      spec: {
        serviceName: minioServiceName,
        replicas: "1",
        selector: { matchLabels: { app: minioServiceName } },
        template: {
          metadata: { labels: { app: minioServiceName } },
          spec: {
            ...restrictedPod,
            container: [
              {
                name: "minio",
                image,
                args: ["server", "/data", "--address", `:${minioPort}`],
                port: [{ name: "s3", containerPort: minioPort }],
                env: [
                  fromSecret("MINIO_ROOT_USER", "rootUser"),
                  fromSecret("MINIO_ROOT_PASSWORD", "rootPassword"),
                  fromSecret("MINIO_KMS_SECRET_KEY", "encryptionKey"),
                  { name: "MINIO_BROWSER", value: "off" },
                  // Pages of other sites are let in bucket by bucket; where a bucket says nothing, the default would be everybody.
                  { name: "MINIO_API_CORS_ALLOW_ORIGIN", value: minioUrl },
                  // Prometheus asks without a token. Whoever reaches the server sees names and sizes of buckets then, and nothing in them.
                  ...(this.environment.monitoring ? [{ name: "MINIO_PROMETHEUS_AUTH_TYPE", value: "public" }] : []),
                ],
                securityContext: restrictedContainer,
                resources: serverResources(this.environment),
                livenessProbe: probe("/minio/health/live"),
                readinessProbe: probe("/minio/health/ready"),
                volumeMount: [{ name: "data", mountPath: "/data" }, minioScratch.mount],
              },
            ],
            volume: [minioScratch.volume],
          },
        },
        volumeClaimTemplate: [
          {
            metadata: { name: "data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${storageGib}Gi` } } },
          },
        ],
      },
      dependsOn,
    });
  }
}

/** URL of the state store as the laptop sees it. */
export function stateEndpoint(environment: LocalEnvironment): string {
  // An address, not `localhost`: that may mean ::1, where the port is not mapped.
  return `http://127.0.0.1:${environment.kind.hostPorts.objectStore}`;
}
