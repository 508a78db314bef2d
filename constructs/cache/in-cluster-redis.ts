import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Manifests } from "../addons/manifests";
import { NetworkPolicies } from "../connections/network-policies";
import type { Path, Pods } from "../connections/path";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { SignalRules } from "../monitoring/signal-rules";
import type { SecretReference } from "../secrets/secret-store";
import { refuse } from "../shared/errors";
import { requireName } from "../shared/kubernetes-names";
import { cachePort, cacheUserName, type CacheProps, type CertificateAuthority, type ICache } from "./cache";
import { CacheBenchmark } from "./cache-benchmark";
import { exporterImage, proxyImage } from "./cache-images";
import { cacheCertificate } from "./cache-certificate";
import { CacheNodes } from "./cache-nodes";
import { cachePaths } from "./cache-paths";
import type { CacheFiles } from "./cache-pods";
import { CacheProxy, proxyConfiguration, proxyFile } from "./cache-proxy";
import { CacheSentinels } from "./cache-sentinels";
import { cacheNames, cacheServer, hostOf, podsOf, type CacheServer } from "./cache-server";
import { CacheUsers } from "./cache-users";
import { cacheExpressions, cacheMonitor } from "./cache-watch";
import { ClusterJob } from "./cluster-job";
import { serverFiles } from "./server-scripts";

/** Valkey or Redis in the cluster: one node, a primary with replicas and Sentinels, or shards. */
export class InClusterRedis extends Construct implements ICache, Recorded {
  readonly host: string;
  readonly port = cachePort;
  readonly userName = cacheUserName;
  readonly credentialsSecret: SecretReference;
  readonly clustered: boolean;
  readonly authority: CertificateAuthority;
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries;
  /** Escape hatch. */
  readonly nodes: CacheNodes;
  private readonly server: CacheServer;

  /** @throws ConfigurationError when snapshots are asked for, or a name is too long */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CacheProps,
  ) {
    super(scope, id);
    const { intent, issuer, namespace, secretStore, storageClass } = props;
    this.refuseSnapshots();
    const server = cacheServer({ ...props, name: requireName(this, "name", props.name, "route") });
    this.server = server;
    const { kind } = intent.topology;
    this.clustered = kind === "clustered";
    this.host = hostOf(server, server.name);
    this.authority = { issuerName: issuer.issuerName };
    this.ledgerEntries = [server.image, exporterImage, ...(kind === "replicated" ? [proxyImage] : [])].reduce(
      (entries, image) => ({ ...entries, ...imageEntries(image) }),
      {},
    );

    const policies = new NetworkPolicies(this, "Paths", { owner: "allow", places: props.setting.places, paths: cachePaths(server) });
    const users = new CacheUsers(this, "Users", { server, secretStore });
    this.credentialsSecret = users.application;
    const objects = new Manifests(this, "Objects", {
      release: `${server.name}-objects`,
      namespace,
      resources: [cacheCertificate(server, this.authority), cacheMonitor(server)],
      requires: [issuer],
    });
    const files = this.files(users.secretName);
    const dependsOn = [...namespace.guards, ...policies.resources, ...users.installed, ...objects.installed];
    this.nodes = new CacheNodes(this, "Nodes", { server, files, storageClass, dependsOn });
    const service = this.service();
    this.installed = [service, this.nodes.resource, ...this.createTopology(files, dependsOn)];
    new SignalRules(this, "Rules", {
      environment: server.setting.environment,
      namespace,
      subject: "cache",
      name: server.name,
      expressions: cacheExpressions(server),
      requires: [this], // before there is a cache nobody is to be woken
    });
    new CacheBenchmark(this, "Benchmark", { ...props, cache: this });
  }

  paths(pods: Pods): readonly Path[] {
    return [
      { from: pods, to: "dns" },
      { from: pods, to: podsOf(this.server, this.entrance()), ports: [{ port: cachePort }] },
    ];
  }

  /** What there is beside the nodes. */
  private createTopology(files: CacheFiles, dependsOn: readonly ITerraformDependable[]): readonly ITerraformDependable[] {
    const { server } = this;
    const { topology } = server.intent;
    switch (topology.kind) {
      case "single":
        return [];
      case "replicated":
        return [
          new CacheSentinels(this, "Sentinels", { server, files, dependsOn }).resource,
          new CacheProxy(this, "Proxy", { server, files, dependsOn }).resource,
        ];
      case "clustered": {
        const { replicas } = topology;
        return new ClusterJob(this, "Cluster", { server, usersName: files.usersName, replicas, dependsOn: [this.nodes.resource] })
          .installed;
      }
    }
  }

  private refuseSnapshots(): void {
    const { name, intent } = this.props;
    if (intent.snapshotRetentionDays === 0) return;
    refuse([
      {
        path: this.node.path,
        field: `${name}.snapshotRetentionDays`,
        value: intent.snapshotRetentionDays,
        limit: "0 for a cache in the cluster, which takes no snapshots",
        fix: "switch them off; persistence keeps what is cached",
      },
    ]);
  }

  /** Pods that clients connect to. */
  private entrance(): string {
    const { nodes, proxy } = cacheNames(this.server.name);
    return this.server.intent.topology.kind === "replicated" ? proxy : nodes;
  }

  /** Scripts and configuration, as every pod of the cache mounts them. */
  private files(usersName: string): CacheFiles {
    const { name, namespace, intent } = this.server;
    const proxy: Readonly<Record<string, string>> =
      intent.topology.kind === "replicated" ? { [proxyFile]: proxyConfiguration(this.server) } : {};
    const setup = { ...serverFiles(this.server), ...proxy };
    const resource = new ConfigMapV1(this, "Setup", {
      metadata: { name: `${name}-setup`, namespace: namespace.resource.metadata.name },
      data: setup,
    });
    return { setup, setupName: resource.metadata.name, usersName };
  }

  private service(): ServiceV1 {
    const { name, namespace } = this.server;
    return new ServiceV1(this, "Service", {
      metadata: { name, namespace: namespace.resource.metadata.name },
      spec: { selector: { app: this.entrance() }, port: [{ name: "redis", port: cachePort, targetPort: "redis" }] },
    });
  }
}
