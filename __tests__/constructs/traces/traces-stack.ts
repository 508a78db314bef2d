import { catalogFor } from "../../../constructs/catalog";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { telemetryBucketNames } from "../../../constructs/shared/naming";
import { tempoAccount } from "../../../constructs/traces/tempo";
import { Traces } from "../../../constructs/traces/traces";
import type { Environment } from "../../../environments/environment";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

/** A platform layer with what takes traces in and keeps them. */
export function tracesOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting, cluster }) => {
    const catalog = catalogFor(environment);
    const namespace = new GuardedNamespace(stack, "Monitoring", { environment, name: "monitoring" });
    const { certManager } = catalog.certificateIssuer(stack, "Issuer", { setting, cluster });
    const storageClass = catalog.storageClass(stack, "StorageClass", { setting });
    const store = catalog.objectStore(stack, "Store", { setting, buckets: [{ name: telemetryBucketNames.traces, keepVersionsDays: 1 }] });
    const identity = catalog.workloadIdentity(stack, "Identity", { setting, cluster, namespace, ...tempoAccount, statements: [] });
    new Traces(stack, "Traces", { setting, namespace, certManager, storageClass, store, identity });
  });
}
