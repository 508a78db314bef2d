import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { bytesOf } from "../namespaces/quantity";
import type { PodResources } from "../shared/pod-resources";
import { restrictedContainer } from "../shared/restricted-pod";
import type { IStorageClass } from "../storage/storage-class";
import { cachePort } from "./cache";
import { exporterImage } from "./cache-images";
import { mounts, passwordOf, podTemplate, probe, run, volumes, type CacheFiles } from "./cache-pods";
import { cacheNames, hostOf, type CacheServer } from "./cache-server";
import { authorityFile } from "./server-configuration";

export interface CacheNodesProps {
  readonly server: CacheServer;
  readonly files: CacheFiles;
  readonly storageClass: IStorageClass;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Port of the exporter, its default. */
export const metricsPort = { name: "metrics", port: 9121 } as const;

/** Of the containers beside the server: a shell, and an exporter. */
const besideResources: PodResources = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } };

/** The log of writes is rewritten beside the old one, and grows until then. */
const volumeForMemory = 4;

const gib = 2 ** 30;

/** The pods that keep data, each with a name of its own. */
export class CacheNodes extends Construct {
  /** Escape hatch. */
  readonly resource: StatefulSetV1;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CacheNodesProps,
  ) {
    super(scope, id);
    const { dependsOn, files, server } = props;
    const { nodes: app, nodesService } = cacheNames(server.name);
    const { environment } = server.setting;
    const namespace = server.namespace.resource.metadata.name;
    server.namespace.expect(
      [server.resources, besideResources, besideResources].map((resources) => ({ replicas: server.nodes, resources })),
    );
    new ServiceV1(this, "Service", {
      metadata: { name: nodesService, namespace },
      spec: {
        clusterIp: "None",
        publishNotReadyAddresses: true, // nodes have to find each other before they are ready
        selector: { app },
        port: [{ name: "redis", port: cachePort, targetPort: "redis" }],
      },
    });
    if (server.nodes > 1) {
      new PodDisruptionBudgetV1(this, "DisruptionBudget", {
        metadata: { name: app, namespace },
        spec: { maxUnavailable: "1", selector: { matchLabels: { app } } },
      });
    }
    this.resource = new StatefulSetV1(this, "Resource", {
      metadata: { name: app, namespace, labels: { app } },
      spec: {
        serviceName: nodesService,
        replicas: String(server.nodes),
        podManagementPolicy: "Parallel",
        selector: { matchLabels: { app } },
        template: podTemplate(server, app, files, {
          terminationGracePeriodSeconds: 60,
          container: [this.server(), this.upkeep(), this.exporter()],
          volume: [
            ...volumes(server, files, this.keepsReplicas() ? ["users.acl", "replication.conf"] : ["users.acl"]),
            ...(this.keepsVolume() ? [] : [{ name: "data", emptyDir: {} }]),
          ],
        }),
        ...(this.keepsVolume() ? this.volumeClaims() : {}),
      },
      lifecycle: { preventDestroy: server.intent.persistence && !environment.disposable },
      dependsOn: [...dependsOn],
    });
  }

  private server() {
    const { files, server } = this.props;
    const replicated = server.intent.topology.kind === "replicated";
    return {
      name: "server",
      image: server.image,
      command: run("start.sh"),
      env: [passwordOf("health", files), ...(replicated ? [passwordOf("upkeep", files)] : [])],
      port: [{ name: "redis", containerPort: cachePort }],
      securityContext: restrictedContainer,
      resources: server.resources,
      ...(replicated ? { lifecycle: { preStop: [{ exec: { command: run("stop.sh") } }] } } : {}),
      // A server that is still loading refuses commands; it is alive as long as it answers.
      startupProbe: { ...probe("as health -h 127.0.0.1 PING"), failureThreshold: 30 },
      livenessProbe: probe("as health -h 127.0.0.1 PING"),
      readinessProbe: probe(`[ "$(as health -h 127.0.0.1 PING)" = PONG ]`),
      volumeMount: [mounts.certificate, mounts.users, mounts.setup, mounts.run, mounts.data],
    };
  }

  private upkeep() {
    const { files, server } = this.props;
    return {
      name: "upkeep",
      image: server.image,
      command: run("upkeep.sh"),
      env: [passwordOf("upkeep", files)],
      securityContext: restrictedContainer,
      resources: besideResources,
      volumeMount: [mounts.certificate, mounts.setup],
    };
  }

  private exporter() {
    const { files, server } = this.props;
    const host = hostOf(server, "$(POD_NAME)", cacheNames(server.name).nodesService);
    return {
      name: "exporter",
      image: exporterImage,
      port: [{ name: metricsPort.name, containerPort: metricsPort.port }],
      env: [
        { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        { name: "REDIS_ADDR", value: `rediss://${host}:${cachePort}` },
        { name: "REDIS_USER", value: "metrics" },
        passwordOf("metrics", files, "REDIS_PASSWORD"),
        { name: "REDIS_EXPORTER_TLS_CA_CERT_FILE", value: authorityFile },
        { name: "REDIS_EXPORTER_CONFIG_COMMAND", value: "-" }, // the configuration has passwords in it
      ],
      securityContext: restrictedContainer,
      resources: besideResources,
      volumeMount: [mounts.certificate],
    };
  }

  private keepsReplicas(): boolean {
    return this.props.server.intent.topology.kind !== "single";
  }

  /** A node of a cluster has its identity in there; what is cached is another matter. */
  private keepsVolume(): boolean {
    const { persistence, topology } = this.props.server.intent;
    return persistence || topology.kind === "clustered";
  }

  private volumeClaims() {
    const { server, storageClass } = this.props;
    const storage = Math.ceil((bytesOf(server.resources.limits.memory) * volumeForMemory) / gib);
    return {
      volumeClaimTemplate: [
        {
          metadata: { name: "data" },
          spec: {
            storageClassName: storageClass.storageClassName,
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: `${storage}Gi` } },
          },
        },
      ],
      persistentVolumeClaimRetentionPolicy: [
        { whenDeleted: server.setting.environment.disposable ? "Delete" : "Retain", whenScaled: "Retain" },
      ],
    };
  }
}
