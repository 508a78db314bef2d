import { environmentNames } from "../../../environments/environment";
import { containerOf, podTemplates } from "../../pod-templates";
import { manifestsOf } from "../../released";
import { synthesizedEnvironments } from "../../stacks/synthesized-environments";
import type { SynthesizedStack } from "../../synthesized";

const { stack } = synthesizedEnvironments();
const stacks = environmentNames.map((environment) => stack(`${environment}-apps`));

/** Pods of workloads, by the names of the resources that run them: those of jobs for the object store are the target's own business. */
function workloadsOf(apps: SynthesizedStack): readonly string[] {
  return Object.keys(podTemplates(apps))
    .filter((name) => /_(Pods|Migration-[\w-]+)_[0-9A-F]{8}$/.test(name))
    .sort();
}

/** Names of the variables that a container gets, from wherever. */
function variablesOf(apps: SynthesizedStack, workload: string): readonly string[] {
  const { env, env_from } = containerOf(apps, workload);
  const [application = ""] = workload.split("_");
  return [
    ...env.map(({ name }) => name),
    ...env_from.flatMap(({ config_map_ref, secret_ref }) => [
      ...(config_map_ref ? keysOfMap(apps, config_map_ref.name) : []),
      ...(secret_ref ? keysOfSecret(apps, application, secret_ref.name) : []),
    ]),
  ].sort();
}

function keysOfMap(apps: SynthesizedStack, reference: string): readonly string[] {
  const [, address = ""] = /^\$\{kubernetes_config_map_v1\.([\w-]+)\.metadata\[0\]\.name\}$/.exec(reference) ?? [];
  return Object.keys(apps.one("kubernetes_config_map_v1", address).data as object);
}

function keysOfSecret(apps: SynthesizedStack, application: string, name: string): readonly string[] {
  const own = apps.all("kubernetes_secret_v1").filter(({ metadata }) => {
    const { name: called, namespace } = metadata as { readonly name: string; readonly namespace: string };
    return called === name && namespace.includes("kubernetes_namespace_v1.");
  });
  const copies = manifestsOf(apps).filter(
    ({ kind, metadata }) => kind === "ExternalSecret" && metadata.name === name && metadata.namespace === application,
  );
  const keys = [
    ...own.flatMap(({ data }) => Object.keys(data as object)),
    ...copies.flatMap(({ spec }) => {
      const { target, data } = spec as {
        readonly target: { readonly template?: { readonly data?: object } };
        readonly data: readonly { readonly secretKey: string }[];
      };
      return target.template?.data ? Object.keys(target.template.data) : data.map(({ secretKey }) => secretKey);
    }),
  ];
  if (keys.length === 0) throw new Error(`nobody makes the Secret ${name} of ${application}`);
  return keys;
}

/** What SDKs of AWS read by themselves: who they are and whom they ask is the target's business, and no program's. */
const ofSdks = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_S3"];

/** What programs with a library of OpenTelemetry send, and where (OpenTelemetry's "Environment Variable Specification"). */
const ofTelemetry = [
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_PROTOCOL",
  "OTEL_LOGS_EXPORTER",
  "OTEL_METRICS_EXPORTER",
  "OTEL_PROPAGATORS",
  "OTEL_RESOURCE_ATTRIBUTES",
  "OTEL_SEMCONV_STABILITY_OPT_IN",
  "OTEL_SERVICE_NAME",
  "OTEL_TRACES_EXPORTER",
  "OTEL_TRACES_SAMPLER",
];

describe("variables of the committed workloads", () => {
  const [first, ...others] = stacks;
  if (!first) throw new Error("there is no environment");
  const workloads = workloadsOf(first);

  it("are looked at for every workload and every migration", () => {
    expect(workloads.length).toBeGreaterThan(9);
    for (const other of others) expect(workloadsOf(other)).toEqual(workloads);
  });

  it.each(workloads)("are called the same everywhere for %s, each once", (workload) => {
    const names = stacks.map((apps) => variablesOf(apps, workload).filter((name) => !ofSdks.includes(name)));
    for (const each of names) {
      expect(each).toEqual(names[0]);
      expect(each).toEqual([...new Set(each)]);
    }
  });

  it("are those that a program expects of what its workload is connected to", () => {
    const [backend = ""] = workloads.filter((name) => name.startsWith("ml-platform_backend_Pods"));
    expect(variablesOf(first, backend).filter((name) => !ofSdks.includes(name))).toEqual([
      "AWS_REGION",
      "DATABASE_HOST",
      "DATABASE_NAME",
      "DATABASE_PASSWORD",
      "DATABASE_PORT",
      "DATABASE_URL",
      "DATABASE_USER",
      "HOME",
      ...ofTelemetry,
      "REDIS_CA_FILE",
      "REDIS_URL",
      "S3_BUCKET_DATASETS",
      "S3_BUCKET_MODELS",
      "S3_ENDPOINT",
      "S3_REGION",
      "SESSION_KEY",
    ]);
  });
});
