import { podTemplates } from "../pod-templates";
import { only, type SynthesizedStack } from "../synthesized";

/** Pods of our own pass the Pod Security Standard `restricted`, and the namespace refuses any other. */
export function itIsRestricted(stack: SynthesizedStack, { image }: { readonly image: string }): void {
  it("has a namespace that refuses pods with more rights than they need", () => {
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({ labels: { "pod-security.kubernetes.io/enforce": "restricted" } });
  });

  itRunsRestrictedPods(stack);

  it("runs the configured image, pinned by digest, within limits of memory", () => {
    expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
    for (const { spec } of Object.values(podTemplates(stack)))
      expect(only(spec.container, "container")).toMatchObject({ image, resources: { limits: { memory: expect.any(String) } } });
  });
}

/**
 * Every pod of a stack passes `restricted`, whatever runs it.
 * @param withToken beginnings of the names of what may ask the Kubernetes API
 */
export function itRunsRestrictedPods(stack: SynthesizedStack, withToken: readonly string[] = []): void {
  const pods = Object.entries(podTemplates(stack));

  it("runs without root, without capabilities, on a read-only file system", () => {
    expect(pods.length).toBeGreaterThan(0);
    for (const [name, { spec }] of pods) {
      expect([name, spec.automount_service_account_token]).toEqual([name, withToken.some((prefix) => name.startsWith(prefix))]);
      expect(spec.enable_service_links).toBe(false); // MINIO_PORT and REGISTRY_PORT mean something else to the servers
      expect(spec.security_context).toMatchObject({
        run_as_non_root: true,
        run_as_user: "1000",
        seccomp_profile: { type: "RuntimeDefault" },
      });
      expect(only(spec.container, "container").security_context).toEqual({
        allow_privilege_escalation: false,
        read_only_root_filesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    }
  });
}
