import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failureOf } from "../checks/check";
import { listed, type PostDeployCheck } from "./check-result";
import type { Kubectl } from "./kubectl";

/** A pod that must be refused, and by what words it is. Another refusal, e.g. by a quota, proves nothing. */
interface Forbidden {
  readonly what: string;
  readonly pod: object;
  readonly refusal: RegExp;
}

const image = `untrusted.invalid/probe:1.0.0@sha256:${"0".repeat(64)}`;
const small = { requests: { cpu: "1m", memory: "1Mi" }, limits: { cpu: "1m", memory: "1Mi" } };

/** Refused by Pod Security, which judges before anybody else. */
const privileged: Forbidden = {
  what: "a privileged pod",
  pod: podOf({ securityContext: { privileged: true } }),
  refusal: /violates PodSecurity/,
};

/** Right in everything but where its image comes from. */
const untrusted: Forbidden = {
  what: "an image of an untrusted registry",
  pod: podOf(
    { securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } } },
    { securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } } },
  ),
  refusal: /trusted-images/,
};

/**
 * Whether what must not run is refused: probes that the API server judges, and does not keep.
 * @param namespaces of the applications
 * @param enforced whether the environment's own policies refuse, or only report
 */
export function policiesEnforced(kubectl: Kubectl, namespaces: readonly string[], enforced: boolean): PostDeployCheck {
  return {
    name: "policies",
    async look() {
      if (namespaces.length === 0) return { check: "policies", passed: true, found: "there is no application yet" };
      const probes = namespaces.flatMap((namespace) =>
        (enforced ? [privileged, untrusted] : [privileged]).map((probe) => ({ namespace, probe })),
      );
      const outcomes: (string | undefined)[] = [];
      for (const { namespace, probe } of probes) outcomes.push(await admitted(kubectl, namespace, probe));
      const problems = outcomes.filter((outcome) => outcome !== undefined);
      if (problems.length === 0) {
        const found = `${namespaces.length} namespaces refuse ${enforced ? `${privileged.what} and ${untrusted.what}` : privileged.what}`;
        return { check: "policies", passed: true, found: enforced ? found : `${found}; other policies report` };
      }
      const fix = "see the labels of the namespace, the policies (kubectl get validatingpolicies), and whether Kyverno runs";
      return { check: "policies", passed: false, found: listed(problems), fix };
    },
  };
}

/** What is wrong: it was let in, or refused by somebody else. */
async function admitted(kubectl: Kubectl, namespace: string, { what, pod, refusal }: Forbidden): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-check-"));
  try {
    const file = join(folder, "pod.json");
    writeFileSync(file, JSON.stringify(pod));
    const result = await kubectl.ask(["--namespace", namespace, "create", "--dry-run=server", "--filename", file]);
    if (result.outcome !== "ended") return `${namespace}: ${what} was not judged (${failureOf(result)})`;
    if (result.exitCode === 0) return `${namespace} lets ${what} in`;
    return refusal.test(result.stderr) ? undefined : `${namespace}: ${what} was refused for another reason (${failureOf(result)})`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function podOf(container: object, spec: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "evenkeel-check" },
    spec: { automountServiceAccountToken: false, ...spec, containers: [{ name: "probe", image, resources: small, ...container }] },
  };
}
