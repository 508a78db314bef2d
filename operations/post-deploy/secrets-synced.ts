import { listed, type PostDeployCheck } from "./check-result";
import type { Kubectl } from "./kubectl";

/**
 * Whether every secret that is copied from the store has arrived.
 * @param expected what there has to be, as `<namespace>/<name>`
 */
export function secretsSynced(kubectl: Kubectl, expected: readonly string[]): PostDeployCheck {
  return {
    name: "secrets",
    async look() {
      const fields = [".metadata.namespace", ".metadata.name", '.status.conditions[?(@.type=="Ready")].status'];
      const rows = await kubectl.fields("externalsecrets.external-secrets.io", [
        ...fields,
        '.status.conditions[?(@.type=="Ready")].reason',
      ]);
      const existing = rows.map(([namespace, name]) => `${namespace}/${name}`);
      const late = [
        ...rows.filter(([, , ready]) => ready !== "True").map(([namespace, name, , reason]) => `${namespace}/${name} (${reason || "new"})`),
        ...expected.filter((name) => !existing.includes(name)).map((name) => `${name} (missing)`),
      ];
      if (late.length === 0) return { check: "secrets", passed: true, found: `${rows.length} synced` };
      const fix = "see what the store says: kubectl -n <namespace> describe externalsecret <name>";
      return { check: "secrets", passed: false, found: `${late.length} are not synced: ${listed(late)}`, fix };
    },
  };
}
