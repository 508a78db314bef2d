import type { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { PriorityClassV1 } from "@cdktf/provider-kubernetes/lib/priority-class-v1";
import { Fn, type ITerraformDependable } from "cdktf";
import { serves, type ServingIntent, type WorkloadIntent } from "../../applications/application";
import type { WorkloadPlace } from "../../applications/connections";
import type { Scheduling } from "../cluster/cluster";
import type { WorkloadResources } from "../shared/pod-resources";
import { literalText } from "../shared/literal-text";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";
import { authorityFolder } from "./data-access";
import { defaultTerminationSeconds } from "./rollout";
import type { PodVolume } from "./workload-files";
import { labelsOf, serverSelector, type PodRole } from "./workload-labels";

/** What all pods of a workload are made of. */
export interface PodParts {
  readonly place: WorkloadPlace;
  readonly intent: WorkloadIntent;
  readonly image: string;
  readonly resources: WorkloadResources;
  readonly scheduling: Scheduling;
  /** @default Kubernetes' own */
  readonly priority: PriorityClassV1 | undefined;
  readonly serviceAccountName: string;
  /** Their keys are variables, and another content starts new pods. */
  readonly configMaps: readonly ConfigMapV1[];
  /** ConfigMaps that are mounted: another content starts new pods, too. */
  readonly mountedMaps: readonly ConfigMapV1[];
  /** Secrets whose keys are variables. */
  readonly secretNames: readonly string[];
  /** Where that is which only Secrets tell: another one starts new pods. */
  readonly addresses: readonly string[];
  /** Secrets by which images are pulled. */
  readonly pullSecretNames: readonly string[];
  /** Another one starts new pods. */
  readonly fingerprints: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Annotations of servers. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly volumes: readonly PodVolume[];
  /** Secret with the authority of the cache's certificate. */
  readonly authoritySecretName?: string;
  /** What has to be there before the pods. */
  readonly requires: readonly ITerraformDependable[];
}

/** What a pod does with the parts of its workload. */
export interface PodPurpose {
  readonly role: PodRole;
  /** @default the workload's */
  readonly command?: readonly string[];
  /** How often a server is there: several are spread over zones and nodes. @default 1 */
  readonly replicas?: number;
}

type Probe = NonNullable<NonNullable<ServingIntent["probes"]>["liveness"]>;

/** A pod of a workload as a template. It passes the Pod Security Standard `restricted`. */
export function podTemplate(parts: PodParts, purpose: PodPurpose) {
  return {
    metadata: {
      labels: labelsOf(parts.place, purpose.role),
      annotations: { ...contentsOf(parts), ...(purpose.role === "server" ? parts.annotations : staying) },
    },
    spec: podSpec(parts, purpose),
  };
}

/** What runs to its end is not done when it is moved: Karpenter leaves its node until then (its documentation, "Disruption"). */
const staying = { "karpenter.sh/do-not-disrupt": "true" };

/** Pods read configuration and secrets when they start, and never again: others start when these are others. */
function contentsOf({ addresses, configMaps, fingerprints, mountedMaps }: PodParts): Record<string, string> {
  const contents = [...configMaps, ...mountedMaps].map(({ data }) => data);
  return {
    ...(contents.length > 0 ? { "evenkeel/config": Fn.sha256(Fn.jsonencode(contents)) } : {}),
    ...(addresses.length > 0 ? { "evenkeel/addresses": addresses.join(" ") } : {}),
    ...(fingerprints.length > 0 ? { "evenkeel/secrets": fingerprints.join(" ") } : {}),
  };
}

function podSpec(parts: PodParts, purpose: PodPurpose) {
  const { authoritySecretName, intent, priority, pullSecretNames, scheduling, serviceAccountName } = parts;
  const { replicas = 1, role } = purpose;
  const volumes = volumesFor(parts, role);
  return {
    ...restrictedPod,
    securityContext: {
      ...restrictedPod.securityContext,
      // A volume that outlives its pods is the group's already, and may have millions of files.
      ...(volumes.some(({ source }) => source === undefined) ? { fsGroupChangePolicy: "OnRootMismatch" } : {}),
    },
    automountServiceAccountToken: intent.token ?? false,
    serviceAccountName,
    nodeSelector: { ...scheduling.nodeSelector },
    toleration: scheduling.tolerations.map((toleration) => ({ ...toleration })),
    terminationGracePeriodSeconds: intent.terminationSeconds ?? defaultTerminationSeconds,
    ...(role === "server" ? {} : { restartPolicy: "Never" }),
    ...(priority ? { priorityClassName: priority.metadata.name } : {}),
    ...(pullSecretNames.length > 0 ? { imagePullSecrets: pullSecretNames.map((name) => ({ name })) } : {}),
    ...(replicas > 1 ? { topologySpreadConstraint: spread(parts) } : {}),
    container: [container(parts, purpose)],
    volume: [
      { name: scratch, emptyDir: {} },
      ...volumes.flatMap(({ name, source }) => (source ? [{ name, ...source }] : [])),
      ...(authoritySecretName
        ? [{ name: "authority", secret: { secretName: authoritySecretName, items: [{ key: "ca.crt", path: "ca.crt" }] } }]
        : []),
    ],
  };
}

/** Nobody but the pods of a stateful set has a claim. */
function volumesFor({ volumes }: PodParts, role: PodRole): readonly PodVolume[] {
  return volumes.filter(({ source }) => source !== undefined || role === "server");
}

/** Everything but this folder is read-only. */
const scratch = "scratch";

function container(parts: PodParts, { command, role }: PodPurpose) {
  const { authoritySecretName, configMaps, image, intent, place, secretNames, variables } = parts;
  const { args, command: own } = intent;
  const server = role === "server" && serves(intent) ? intent : undefined;
  return {
    name: place.workload,
    image,
    ...(command ? { command: [...command] } : {}),
    ...(!command && own ? { command: own.map(literalText) } : {}),
    ...(!command && args ? { args: args.map(literalText) } : {}),
    ...(server?.ports ? { port: server.ports.map(({ name, port }) => ({ name, containerPort: port })) } : {}),
    env: Object.entries(variables).map(([name, value]) => ({ name, value })),
    envFrom: [
      ...configMaps.map(({ metadata }) => ({ configMapRef: { name: metadata.name } })),
      ...secretNames.map((name) => ({ secretRef: { name } })),
    ],
    ...(server?.probes?.liveness ? { livenessProbe: probe(server.probes.liveness) } : {}),
    ...(server?.probes?.readiness ? { readinessProbe: probe(server.probes.readiness) } : {}),
    ...(server?.probes?.startup ? { startupProbe: probe(server.probes.startup) } : {}),
    securityContext: restrictedContainer,
    resources: limited(parts, role),
    volumeMount: [
      { name: scratch, mountPath: "/tmp" },
      ...volumesFor(parts, role).map(({ name, mountPath, readOnly }) => ({ name, mountPath, readOnly })),
      ...(authoritySecretName ? [{ name: "authority", mountPath: authorityFolder, readOnly: true }] : []),
    ],
  };
}

/** GPUs cannot be shared out: as many are asked for as may be used. Migrations need none. */
function limited({ intent, resources: { requests, limits }, scheduling }: PodParts, role: PodRole) {
  const gpus: Record<string, string> =
    intent.gpus && scheduling.gpus && role !== "migration" ? { "nvidia.com/gpu": String(intent.gpus.count) } : {};
  const { cpu, memory } = limits;
  const most: Record<string, string> = { ...(cpu ? { cpu } : {}), memory, ...gpus };
  return { requests: { ...requests, ...gpus }, limits: most };
}

function probe({ command, path, periodSeconds = 10, port, timeoutSeconds = 3, failureThreshold = 3 }: Probe) {
  return {
    ...(command ? { exec: { command: command.map(literalText) } } : { httpGet: { path: path ?? "/", port: port ?? "" } }),
    periodSeconds,
    timeoutSeconds,
    failureThreshold,
  };
}

/** As even as can be over zones first, then over nodes; a pod in the wrong place is better than none. */
function spread({ intent, place }: PodParts) {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: [{ matchLabels: serverSelector(place.workload) }],
    // Those of the release before are about to go.
    ...(intent.kind === "deployment" ? { matchLabelKeys: ["pod-template-hash"] } : {}),
  }));
}
