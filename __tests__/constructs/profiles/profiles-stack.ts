import { catalogFor } from "../../../constructs/catalog";
import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import { Profiles } from "../../../constructs/profiles/profiles";
import { pyroscopeAccount } from "../../../constructs/profiles/pyroscope";
import { telemetryBucketNames } from "../../../constructs/shared/naming";
import type { Environment } from "../../../environments/environment";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

/** A platform layer with what collects profiles and keeps them. */
export function profilesOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting, cluster }) => {
    const catalog = catalogFor(environment);
    const crds = new PrometheusOperatorCrds(stack, "Crds", { setting });
    const { namespace } = crds;
    const storageClass = catalog.storageClass(stack, "StorageClass", { setting });
    const store = catalog.objectStore(stack, "Store", { setting, buckets: [{ name: telemetryBucketNames.profiles, keepVersionsDays: 1 }] });
    const identity = catalog.workloadIdentity(stack, "Identity", { setting, cluster, namespace, ...pyroscopeAccount, statements: [] });
    new Profiles(stack, "Profiles", { setting, crds, storageClass, retentionDays: 3, store, identity });
  });
}
