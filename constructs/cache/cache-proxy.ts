import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { restrictedContainer } from "../shared/restricted-pod";
import { cachePort } from "./cache";
import { proxyImage } from "./cache-images";
import { mounts, passwordOf, podTemplate, volumes, type CacheFiles } from "./cache-pods";
import { cacheNames, nodeHosts, type CacheServer } from "./cache-server";
import { authorityFile, folders, maxClients } from "./server-configuration";

export interface CacheProxyProps {
  readonly server: CacheServer;
  readonly files: CacheFiles;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** One of them may go. */
const replicas = 2;

/** Port where the proxy says that it lives. */
const healthPort = 8404;

/** File of the setup that the proxy reads. */
export const proxyFile = "haproxy.cfg";

/** Leads clients to the primary, whichever node that is, as ElastiCache's primary endpoint does. TLS ends at the node. */
export class CacheProxy extends Construct {
  /** Escape hatch. */
  readonly resource: DeploymentV1;

  constructor(scope: Construct, id: string, { dependsOn, files, server }: CacheProxyProps) {
    super(scope, id);
    const { proxy: app } = cacheNames(server.name);
    const namespace = server.namespace.resource.metadata.name;
    const resources = server.setting.footprint.resources("small");
    server.namespace.expect([{ replicas, resources }]);
    new PodDisruptionBudgetV1(this, "DisruptionBudget", {
      metadata: { name: app, namespace },
      spec: { maxUnavailable: "1", selector: { matchLabels: { app } } },
    });
    const alive = { httpGet: { path: "/alive", port: "health" } };
    this.resource = new DeploymentV1(this, "Resource", {
      metadata: { name: app, namespace, labels: { app } },
      spec: {
        replicas: String(replicas),
        selector: { matchLabels: { app } },
        template: podTemplate(server, app, files, {
          container: [
            {
              name: "proxy",
              image: proxyImage,
              command: ["haproxy", "-W", "-db", "-f", `${folders.setup}/${proxyFile}`],
              env: [passwordOf("health", files)],
              port: [
                { name: "redis", containerPort: cachePort },
                { name: "health", containerPort: healthPort },
              ],
              securityContext: restrictedContainer,
              resources,
              livenessProbe: alive,
              readinessProbe: alive,
              volumeMount: [mounts.certificate, mounts.setup],
            },
          ],
          volume: volumes(server, files, []).filter(({ name }) => name === "certificate" || name === "setup"),
        }),
      },
      dependsOn: [...dependsOn],
    });
  }
}

/** HAProxy asks every node each second what it is, and cuts the connections to one that is no primary any more. */
export function proxyConfiguration(server: CacheServer): string {
  const nodes = nodeHosts(server).map(
    (host, index) => `  server ${server.name}-${index} ${host}.cluster.local:${cachePort} verifyhost ${host}\n`,
  );
  return `global
  log stdout format raw local0 notice
  maxconn ${maxClients / replicas}

defaults
  mode tcp
  log global
  timeout connect 3s
  timeout check 3s
  timeout client 24h
  timeout server 24h
  option clitcpka
  option srvtcpka

resolvers cluster
  parse-resolv-conf
  hold valid 5s

frontend health
  mode http
  bind :${healthPort}
  monitor-uri /alive

listen primary
  bind :${cachePort}
  balance first
  option tcp-check
  tcp-check connect ssl
  tcp-check send "AUTH health $HEALTH_PASSWORD\\r\\n"
  tcp-check expect string +OK
  tcp-check send "ROLE\\r\\n"
  tcp-check expect string master
  default-server check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions init-addr none resolvers cluster resolve-prefer ipv4 check-ssl verify required ca-file ${authorityFile}
${nodes.join("")}`;
}
