import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { restrictedContainer } from "../shared/restricted-pod";
import { mounts, passwordOf, podTemplate, probe, run, volumes, type CacheFiles } from "./cache-pods";
import { cacheNames, sentinelCount, sentinelPort, type CacheServer } from "./cache-server";
import { folders } from "./server-configuration";

export interface CacheSentinelsProps {
  readonly server: CacheServer;
  readonly files: CacheFiles;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Sentinels: two of the three agree when a primary is gone, and choose another. */
export class CacheSentinels extends Construct {
  /** Escape hatch. */
  readonly resource: StatefulSetV1;

  constructor(scope: Construct, id: string, { dependsOn, files, server }: CacheSentinelsProps) {
    super(scope, id);
    const { sentinels: app, sentinelsService } = cacheNames(server.name);
    const namespace = server.namespace.resource.metadata.name;
    const resources = server.setting.footprint.resources("small");
    server.namespace.expect([{ replicas: sentinelCount, resources }]);
    new ServiceV1(this, "Service", {
      metadata: { name: sentinelsService, namespace },
      spec: {
        clusterIp: "None",
        publishNotReadyAddresses: true, // they announce their names, and look them up, before they are ready
        selector: { app },
        port: [{ name: "sentinel", port: sentinelPort, targetPort: "sentinel" }],
      },
    });
    new PodDisruptionBudgetV1(this, "DisruptionBudget", {
      metadata: { name: app, namespace },
      spec: { maxUnavailable: "1", selector: { matchLabels: { app } } },
    });
    const answers = `[ "$(as health -h 127.0.0.1 -p ${sentinelPort} PING)" = PONG ]`;
    this.resource = new StatefulSetV1(this, "Resource", {
      metadata: { name: app, namespace, labels: { app } },
      spec: {
        serviceName: sentinelsService,
        replicas: String(sentinelCount),
        podManagementPolicy: "Parallel",
        selector: { matchLabels: { app } },
        template: podTemplate(server, app, files, {
          container: [
            {
              name: "sentinel",
              image: server.image,
              command: run("sentinel.sh"),
              env: [passwordOf("health", files)],
              port: [{ name: "sentinel", containerPort: sentinelPort }],
              securityContext: restrictedContainer,
              resources,
              startupProbe: { ...probe(answers), failureThreshold: 30 },
              livenessProbe: probe(`${answers} && cmp -s ${folders.certificate}/tls.crt ${folders.run}/tls.crt`),
              readinessProbe: probe(answers),
              volumeMount: [mounts.certificate, mounts.users, mounts.setup, mounts.run],
            },
          ],
          volume: volumes(server, files, ["sentinel.conf"]),
        }),
      },
      dependsOn: [...dependsOn],
    });
  }
}
