import { existsSync, readFileSync } from "node:fs";
import { policiesEnforced } from "../../../operations/post-deploy/policies-enforced";
import type { CommandResult } from "../../../operations/run-command";
import { answered, refused } from "../checks/fake-runner";
import { fakeCluster } from "./fake-cluster";

interface Pod {
  readonly kind: string;
  readonly spec: {
    readonly containers: readonly { readonly image: string; readonly securityContext: { readonly privileged?: boolean } }[];
  };
}

const byPodSecurity = refused(
  'Error from server (Forbidden): pods "evenkeel-check" is forbidden: violates PodSecurity "restricted:latest": privileged',
);
const byKyverno = refused(
  'admission webhook "vpol.validate.kyverno.svc-fail" denied the request: Policy trusted-images failed: every image must be of x',
);

/** Judges a probe by what is in it. */
function cluster(judge: (pod: Pod) => CommandResult) {
  const files: string[] = [];
  const { kubectl, lines } = fakeCluster({
    "create --dry-run=server": (line) => {
      const file = line.split("--filename ")[1] ?? "";
      files.push(file);
      return judge(JSON.parse(readFileSync(file, "utf8")) as Pod);
    },
  });
  return { kubectl, lines, files };
}

const isPrivileged = ({ spec }: Pod) => spec.containers.some(({ securityContext }) => securityContext.privileged);
const strict = (pod: Pod) => (isPrivileged(pod) ? byPodSecurity : byKyverno);

describe("policies", () => {
  it("pass when each namespace refuses both probes, which nobody keeps", async () => {
    const { kubectl, lines, files } = cluster(strict);

    expect(await policiesEnforced(kubectl, ["search", "sre-portal"], true).look()).toEqual({
      check: "policies",
      passed: true,
      found: "2 namespaces refuse a privileged pod and an image of an untrusted registry",
    });
    expect(lines.filter((line) => line.includes("--namespace search create --dry-run=server"))).toHaveLength(2);
    expect(lines).toHaveLength(4);
    expect(files.filter((file) => existsSync(file))).toEqual([]);
  });

  it("ask for the privileged pod alone where the others only report", async () => {
    const { kubectl, lines } = cluster(strict);
    expect(await policiesEnforced(kubectl, ["search"], false).look()).toMatchObject({
      passed: true,
      found: expect.stringContaining("other policies report"),
    });
    expect(lines).toHaveLength(1);
  });

  it("fails when a probe is let in", async () => {
    const { kubectl } = cluster((pod) => (isPrivileged(pod) ? byPodSecurity : answered("pod/evenkeel-check created (server dry run)")));
    expect(await policiesEnforced(kubectl, ["search"], true).look()).toMatchObject({
      passed: false,
      found: "search lets an image of an untrusted registry in",
    });
  });

  it("fails when a probe is refused for another reason: that proves nothing", async () => {
    const { kubectl } = cluster(() => refused('pods "evenkeel-check" is forbidden: exceeded quota: quota'));
    const { passed, found } = await policiesEnforced(kubectl, ["search"], true).look();
    expect(passed).toBe(false);
    expect(found).toMatch(/search: a privileged pod was refused for another reason \(.*exceeded quota.*\), search: an image/);
  });

  it("pass where there is no application yet", async () => {
    expect(await policiesEnforced(cluster(strict).kubectl, [], true).look()).toMatchObject({
      passed: true,
      found: "there is no application yet",
    });
  });
});
