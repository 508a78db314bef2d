import { listed, type PostDeployCheck } from "./check-result";
import type { Kubectl } from "./kubectl";

/** Whether every pod in the environment's namespaces is ready. Pods of jobs come and go. */
export function podsReady(kubectl: Kubectl, namespaces: readonly string[]): PostDeployCheck {
  return {
    name: "pods",
    async look() {
      const fields = [".metadata.namespace", ".metadata.name", ".metadata.ownerReferences[0].kind", ".status.phase"];
      const rows = await kubectl.fields("pods", [...fields, '.status.conditions[?(@.type=="Ready")].status']);
      const own = rows.filter(
        ([namespace = "", , owner, phase]) => namespaces.includes(namespace) && owner !== "Job" && phase !== "Succeeded",
      );
      const unready = own
        .filter(([, , , , ready]) => ready !== "True")
        .map(([namespace, name, , phase]) => `${namespace}/${name} (${phase})`);
      if (own.length === 0) return { check: "pods", passed: false, found: "there are none", fix: "deploy the environment first" };
      if (unready.length === 0) return { check: "pods", passed: true, found: `${own.length} ready` };
      const fix = "see what keeps them: kubectl -n <namespace> describe pod <name>";
      return { check: "pods", passed: false, found: `${unready.length} of ${own.length} are not ready: ${listed(unready)}`, fix };
    },
  };
}
