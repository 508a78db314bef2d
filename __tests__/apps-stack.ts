import { TerraformStack, Testing } from "cdktf";
import { tmpdir } from "node:os";
import type { Application } from "../applications/application";
import { catalogFor } from "../constructs/catalog";
import { dataNamespaces } from "../constructs/namespaces/data-namespaces";
import { GuardedNamespace } from "../constructs/namespaces/guarded-namespace";
import { dataNames } from "../constructs/shared/naming";
import { PriorityClasses } from "../constructs/workload/priority-classes";
import { QueueReader } from "../constructs/workload/queue-reader";
import { RunningApplication } from "../constructs/workload/running-application";
import type { WorkloadSetting } from "../constructs/workload/workload-setting";
import type { Environment } from "../environments/environment";
import type { TerraformJson } from "../operations/terraform-json";
import { NetworkStandIn } from "./data-stack";
import { everyKind } from "./every-kind";
import { keptSynthesis } from "./kept-syntheses";
import { platformParts } from "./platform-stack";
import { SynthesizedStack } from "./synthesized";

/** What a test of the layer of applications builds with. */
export interface AppsParts {
  readonly stack: TerraformStack;
  readonly setting: WorkloadSetting;
}

/**
 * Synthesizes an apps stack that holds what `build` puts into it, and nothing else; validations included. Platform and data are real, in a
 * stack of their own.
 * @param applications what connections may lead to
 */
export function appsStackOf(
  environment: Environment,
  applications: readonly Application[],
  build: (parts: AppsParts) => void,
): SynthesizedStack {
  const app = Testing.app({ outdir: tmpdir() }); // nothing is written: the folder has to exist, that is all
  const capabilities = capabilitiesOf(environment, new TerraformStack(app, `${environment.name}-beneath`));
  const catalog = catalogFor(environment);
  const stack = new TerraformStack(app, `${environment.name}-apps`);
  catalog.prepare(stack, "apps");
  const { cluster, setting } = platformParts(environment, stack);
  const { cache, secretStore } = capabilities;
  build({
    stack,
    setting: {
      ...{ ...capabilities, cluster, setting, applications },
      priorities: new PriorityClasses(stack, "PriorityClasses"),
      queues: new QueueReader(stack, "QueueReader", { setting, secretStore, cache }),
      identity: (scope, id, account) => catalog.workloadIdentity(scope, id, { ...account, setting, cluster }),
    },
  });
  return new SynthesizedStack(JSON.parse(Testing.synth(stack, true)) as TerraformJson);
}

/** Synthesizes applications as the apps stack runs them. */
export function runningApplications(environment: Environment, applications: readonly Application[]): SynthesizedStack {
  return appsStackOf(environment, applications, ({ stack, setting }) => {
    for (const application of applications) new RunningApplication(stack, application.name, { setting, application });
  });
}

/** Every kind of workload in an environment as it is committed; made once for all files of a run. */
export function everyKindIn(environment: Environment): SynthesizedStack {
  const make = () => ({ apps: JSON.stringify(runningApplications(environment, Object.values(everyKind)).json) });
  const { apps = "" } = keptSynthesis(`every kind in ${environment.name}`, make);
  return new SynthesizedStack(JSON.parse(apps) as TerraformJson);
}

/** What the layers before bring. */
function capabilitiesOf(environment: Environment, stack: TerraformStack) {
  const catalog = catalogFor(environment);
  catalog.prepare(stack, "data");
  const { cluster, setting } = platformParts(environment, stack);
  const network = new NetworkStandIn(stack, "NetworkStandIn");
  const issuer = catalog.certificateIssuer(stack, "CertificateIssuer", { setting, cluster });
  const secretStore = catalog.secretStore(stack, "SecretStore", { setting, cluster });
  const shared = { setting, cluster, network, secretStore, issuer, storageClass: catalog.storageClass(stack, "StorageClass", { setting }) };
  const namespace = (id: string, name: string) => new GuardedNamespace(stack, id, { environment, name });
  const objectStore = catalog.objectStore(stack, "ObjectStore", { setting, buckets: environment.objectStore.buckets });
  return {
    secretStore,
    objectStore,
    registry: catalog.registry(stack, "Registry", { images: environment.images, pullPrincipals: [] }),
    ingress: catalog.ingress(stack, "Ingress", { setting, cluster, network, issuer }),
    database: catalog.database(stack, "Database", {
      ...shared,
      name: dataNames.database,
      intent: environment.database,
      namespace: namespace("DatabaseNamespace", dataNamespaces.database),
      objectStore,
    }),
    cache: catalog.cache(stack, "Cache", {
      ...shared,
      name: dataNames.cache,
      intent: environment.cache,
      namespace: namespace("CacheNamespace", dataNamespaces.cache),
    }),
  };
}
