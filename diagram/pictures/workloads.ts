import { serves, type Application, type WorkloadIntent } from "../../applications/application";
import type { EnvironmentStacks } from "../../stacks/environment-stacks";
import { workloadId } from "../connection-arrows";
import type { Box, Group } from "../diagram";
import { counted } from "../painter";

/** What Kubernetes calls the kinds. */
const kinds = { deployment: "Deployment", "stateful-set": "StatefulSet", "daemon-set": "DaemonSet", "cron-job": "CronJob" } as const;

/** An application with its workloads, as many and as big as the environment makes them. */
export function applicationGroup(stacks: EnvironmentStacks, { name: application, workloads }: Application): Group {
  const boxes = Object.entries(workloads).map(([workload, intent]): Box => {
    const lines = [`${kinds[intent.kind]}${podsOf(stacks, intent)}`, `placement ${intent.placement}`, ...gpusOf(stacks, intent)];
    return { id: workloadId({ application, workload }), title: workload, lines, look: "workload" };
  });
  return { id: `application/${application}`, title: `Application ${application}`, boxes };
}

function podsOf({ platform }: EnvironmentStacks, intent: WorkloadIntent): string {
  if (!serves(intent)) return ` ${intent.schedule}`;
  if (intent.kind === "daemon-set") return ", on each node";
  const { most, replicas } = platform.setting.footprint.workloads;
  const { scaling } = intent;
  const fewest = replicas(scaling ? scaling.min : (intent.replicas ?? 1));
  return scaling ? `, ${fewest} to ${Math.max(most(scaling.max), fewest, 1)} pods` : `, ${counted(fewest, "pod")}`;
}

function gpusOf({ cluster }: EnvironmentStacks, { gpus, placement }: WorkloadIntent): readonly string[] {
  return gpus && cluster.cluster.scheduling(placement).gpus ? [counted(gpus.count, "GPU")] : [];
}
