import type { CustomResource } from "../addons/manifests";
import { monitoringNamespace, telemetry } from "../monitoring/telemetry";
import type { PodResources } from "../shared/pod-resources";
import { restrictedContainer } from "../shared/restricted-pod";
import { agentImages } from "./agent-images";
import { collectorPorts } from "./collector-configuration";

/** What the operator puts into pods that name it. */
export interface Instrumentation extends CustomResource {
  readonly apiVersion: "opentelemetry.io/v1alpha1";
  readonly kind: "Instrumentation";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    /** Where agents send to. */
    readonly exporter: { readonly endpoint: string };
    readonly propagators: readonly ("tracecontext" | "baggage")[];
    readonly sampler: { readonly type: "parentbased_always_on" };
    readonly initContainerSecurityContext: typeof restrictedContainer;
    readonly java: AgentSpec & { readonly resources: PodResources };
    readonly nodejs: AgentSpec & { readonly resourceRequirements: PodResources };
    readonly python: AgentSpec & { readonly resourceRequirements: PodResources };
    readonly dotnet: AgentSpec & { readonly resourceRequirements: PodResources };
  };
}

interface AgentSpec {
  readonly image: string;
}

const name = "evenkeel";

/** Annotation by which pods ask for an agent. */
export function agentAnnotation(agent: keyof typeof agentImages): Readonly<Record<string, string>> {
  return { [`instrumentation.opentelemetry.io/inject-${agent}`]: `${monitoringNamespace}/${name}` };
}

/** Where SDKs send to, over HTTP: the one protocol that the agents of all languages have. */
export const collectorEndpoint = `http://${telemetry.collector.host}:${collectorPorts.http}`;

/** Agents are copied into the pod before it starts: some ten megabytes, once. */
const copying: PodResources = { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } };

/** What every environment has. Everything is sampled here: only the collector knows whether a trace turns out to be worth it. */
export const instrumentation: Instrumentation = {
  apiVersion: "opentelemetry.io/v1alpha1",
  kind: "Instrumentation",
  metadata: { name, namespace: monitoringNamespace },
  spec: {
    exporter: { endpoint: collectorEndpoint },
    propagators: ["tracecontext", "baggage"],
    sampler: { type: "parentbased_always_on" },
    initContainerSecurityContext: restrictedContainer,
    java: { image: agentImages.java, resources: copying },
    nodejs: { image: agentImages.nodejs, resourceRequirements: copying },
    python: { image: agentImages.python, resourceRequirements: copying },
    dotnet: { image: agentImages.dotnet, resourceRequirements: copying },
  },
};
