import { only, type SynthesizedStack } from "../synthesized";

interface PodTemplate {
  readonly spec: {
    readonly container: readonly { readonly image: string; readonly security_context: unknown; readonly resources: unknown }[];
    readonly security_context: unknown;
    readonly automount_service_account_token: boolean;
    readonly enable_service_links: boolean;
  };
}

/** Pods of our own pass the Pod Security Standard `restricted`, and the namespace refuses any other. */
export function itIsRestricted(stack: SynthesizedStack, { image }: { readonly image: string }): void {
  const pods = ["kubernetes_deployment_v1", "kubernetes_stateful_set_v1", "kubernetes_job_v1"].flatMap((type) =>
    stack.all(type).map(({ spec }) => (spec as { template: PodTemplate }).template.spec),
  );

  it("has a namespace that refuses pods with more rights than they need", () => {
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({ labels: { "pod-security.kubernetes.io/enforce": "restricted" } });
  });

  it("runs without root, without capabilities, on a read-only file system", () => {
    expect(pods.length).toBeGreaterThan(0);
    for (const pod of pods) {
      expect(pod.automount_service_account_token).toBe(false);
      expect(pod.enable_service_links).toBe(false); // MINIO_PORT and REGISTRY_PORT mean something else to the servers
      expect(pod.security_context).toMatchObject({
        run_as_non_root: true,
        run_as_user: "1000",
        seccomp_profile: { type: "RuntimeDefault" },
      });
      expect(only(pod.container, "container").security_context).toEqual({
        allow_privilege_escalation: false,
        read_only_root_filesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    }
  });

  it("runs the configured image, pinned by digest, within limits of memory", () => {
    expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
    for (const pod of pods)
      expect(only(pod.container, "container")).toMatchObject({ image, resources: { limits: { memory: expect.any(String) } } });
  });
}
