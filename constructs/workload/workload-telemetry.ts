import { serves, type ServingIntent, type WorkloadIntent } from "../../applications/application";
import type { WorkloadPlace } from "../../applications/connections";
import type { Environment } from "../../environments/environment";
import type { Path } from "../connections/path";
import { telemetry } from "../monitoring/telemetry";
import { profileCollectorPods, profilesAnnotation } from "../profiles/profile-collection";
import { collectorPorts } from "../traces/collector-configuration";
import { agentAnnotation, collectorEndpoint } from "../traces/instrumentation";
import { podsOf, serversOf } from "./workload-labels";

/** What the pods of a workload need so that others see what they do: traces of their requests, and profiles. */
export interface WorkloadTelemetry {
  /** Variables that every SDK of OpenTelemetry reads. */
  readonly variables: Readonly<Record<string, string>>;
  /** Annotations of servers. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly paths: readonly Path[];
}

const nothing: WorkloadTelemetry = { variables: {}, annotations: {}, paths: [] };

/** What comes of a workload's `instrumentation` and `profiles`: nothing where it has none, or where nobody watches. */
export function workloadTelemetry(environment: Environment, place: WorkloadPlace, intent: WorkloadIntent): WorkloadTelemetry {
  if (!serves(intent) || !environment.monitoring) return nothing;
  const [traces, profiles] = [traced(environment, place, intent), profiled(environment, place, intent)];
  return {
    variables: traces.variables,
    annotations: { ...traces.annotations, ...profiles.annotations },
    paths: [...traces.paths, ...profiles.paths],
  };
}

/** Traces go from the pods to the collector. */
function traced(environment: Environment, place: WorkloadPlace, intent: ServingIntent): WorkloadTelemetry {
  const { instrumentation } = intent;
  if (instrumentation === undefined) return nothing;
  const { collector } = telemetry;
  return {
    variables: variables(environment, place, intent),
    annotations: instrumentation === "sdk" ? {} : agentAnnotation(instrumentation),
    paths: [{ from: podsOf(place), to: collector.pods, ports: [{ port: collectorPorts.grpc }, { port: collectorPorts.http }] }],
  };
}

/** Profiles are fetched from servers, where the environment keeps some. */
function profiled({ observability }: Environment, place: WorkloadPlace, { ports = [], profiles }: ServingIntent): WorkloadTelemetry {
  if (profiles === undefined || observability.profiles === undefined) return nothing;
  const found = ports.find(({ name }) => name === profiles.port);
  if (found === undefined) throw new Error(`${place.workload} has no port ${profiles.port}; the rules of applications refuse that`);
  const { port } = found;
  return {
    variables: {},
    annotations: { [profilesAnnotation]: String(port) },
    paths: [{ from: profileCollectorPods, to: serversOf(place), ports: [{ port }] }],
  };
}

/** The operator sets some of them as well, but never those that a container has. */
function variables({ name }: Environment, { application, workload }: WorkloadPlace, { metrics }: ServingIntent) {
  return {
    OTEL_SERVICE_NAME: workload,
    OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${application},deployment.environment.name=${name}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: collectorEndpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_PROPAGATORS: "tracecontext,baggage",
    OTEL_TRACES_SAMPLER: "parentbased_always_on",
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: metrics ? "none" : "otlp", // what Prometheus asks for as well would count twice
    OTEL_LOGS_EXPORTER: "none", // what goes to the output is collected
    OTEL_SEMCONV_STABILITY_OPT_IN: "http", // agents of some languages have the metrics' old names otherwise
  };
}
