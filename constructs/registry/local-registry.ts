import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import { nodePorts } from "../cluster/node-ports";
import { kindPlaces } from "../connections/kind-places";
import { NetworkPolicies } from "../connections/network-policies";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { serverResources } from "../shared/pod-resources";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";
import { defaultClassName } from "../storage/default-class";
import type { IRegistry, RegistryProps } from "./registry";
import { requireImage } from "./require-image";

export interface LocalRegistryProps extends RegistryProps {
  readonly environment: LocalEnvironment;
}

/** Port of the registry in its container. */
const port = 5000;

const name = "registry";

/** Registry in the Kind cluster. The laptop pushes to a port of its own; the nodes find the same address by `registryTrust`. */
export class LocalRegistry extends Construct implements IRegistry, Recorded {
  readonly address: string;
  /** Escape hatch. */
  readonly resource: DeploymentV1;
  readonly ledgerEntries: LedgerEntries;
  private readonly images: readonly string[];

  constructor(scope: Construct, id: string, { environment, images }: LocalRegistryProps) {
    super(scope, id);
    this.images = images;
    this.address = `localhost:${environment.kind.hostPorts.registry}`;
    this.ledgerEntries = imageEntries(environment.registry.image);
    const resources = serverResources(environment);
    const guarded = new GuardedNamespace(this, "Namespace", { environment, name, asks: [{ replicas: 1, resources }] });
    // The laptop pushes, and nodes pull: both come from outside of the pods' addresses.
    const policies = new NetworkPolicies(this, "Paths", {
      owner: name,
      places: kindPlaces(environment),
      paths: [{ from: "laptop", to: { namespace: name }, ports: [{ port }] }],
    });
    const namespace = guarded.resource.metadata.name;
    const volume = new PersistentVolumeClaimV1(this, "Volume", {
      metadata: { name, namespace },
      spec: {
        storageClassName: defaultClassName, // by name: whether there is a default yet depends on what is faster
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: `${environment.registry.storageGib}Gi` } },
      },
      waitUntilBound: false, // Kind binds a volume when a pod first uses it
    });
    this.resource = new DeploymentV1(this, "Resource", {
      metadata: { name, namespace, labels: { app: name } },
      spec: {
        replicas: "1",
        strategy: { type: "Recreate" }, // the volume takes one pod
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            ...restrictedPod,
            container: [
              {
                name,
                image: environment.registry.image,
                port: [{ name: "http", containerPort: port }],
                env: [
                  { name: "REGISTRY_HTTP_ADDR", value: `:${port}` },
                  { name: "REGISTRY_STORAGE_DELETE_ENABLED", value: "true" },
                  { name: "OTEL_TRACES_EXPORTER", value: "none" },
                ],
                securityContext: restrictedContainer,
                resources,
                livenessProbe: { httpGet: { path: "/v2/", port: "http" } },
                readinessProbe: { httpGet: { path: "/v2/", port: "http" } },
                volumeMount: [{ name: "images", mountPath: "/var/lib/registry" }],
              },
            ],
            volume: [{ name: "images", persistentVolumeClaim: { claimName: volume.metadata.name } }],
          },
        },
      },
      dependsOn: [...guarded.guards, ...policies.resources],
    });
    new ServiceV1(this, "Service", {
      metadata: { name, namespace },
      spec: { type: "NodePort", selector: { app: name }, port: [{ name: "http", port, targetPort: "http", nodePort: nodePorts.registry }] },
    });
  }

  imageName(image: string): string {
    requireImage(this, this.images, image);
    return `${this.address}/${image}`;
  }
}
