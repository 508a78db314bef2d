import type { ServingIntent } from "../../applications/application";

/** How long it may take until a node is there, with the image on it, in seconds. Kubernetes gives a Deployment as long to make progress. */
const nodeSeconds = 600;

/** How long a pod takes that says nothing about it, in seconds. A load balancer alone wants half a minute before it sends requests. */
const podSeconds = 120;

/** How long a rollout may take. */
export interface Patience {
  /** Until a Deployment has failed in which nothing happens. */
  readonly progressDeadlineSeconds: number;
  /** Until Terraform gives up. */
  readonly timeouts: { readonly create: string; readonly update: string };
}

/** How long a rollout may take that replaces pods one after the other: as long as they may take to start, and to end where others wait for that. */
export function patienceWith(intent: ServingIntent, pods: number): Patience {
  const onePod = startSeconds(intent) + endSeconds(intent);
  const minutes = Math.ceil((nodeSeconds + Math.max(pods, 1) * onePod) / 60);
  const timeout = `${minutes}m`;
  return { progressDeadlineSeconds: nodeSeconds + onePod, timeouts: { create: timeout, update: timeout } };
}

function startSeconds({ probes }: ServingIntent): number {
  const { failureThreshold = 3, periodSeconds = 10 } = probes?.startup ?? {};
  return podSeconds + (probes?.startup ? failureThreshold * periodSeconds : 0);
}

/** Beside the new pods the old ones end as slowly as they like. */
function endSeconds(intent: ServingIntent): number {
  return intent.kind === "deployment" && intent.rollout !== "after" ? 0 : (intent.terminationSeconds ?? defaultTerminationSeconds);
}

/** How long pods have to finish that say nothing about it, in seconds: Kubernetes' own default. */
export const defaultTerminationSeconds = 30;
