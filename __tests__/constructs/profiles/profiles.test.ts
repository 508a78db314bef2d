import { parse } from "yaml";
import { environments } from "../../../environments/index";
import { itRunsRestrictedPods } from "../../contracts/restricted-pods";
import { networkPaths } from "../../network-paths";
import { containerOf } from "../../pod-templates";
import { manifest, release, valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";
import { profilesOf } from "./profiles-stack";

const { local, prod } = environments;

const inProd = profilesOf(prod);
const onLaptop = profilesOf(local);

function configurationIn(stack: SynthesizedStack): unknown {
  const [data] = stack.all("kubernetes_config_map_v1").flatMap(({ data: files }) => {
    const text = (files as Readonly<Record<string, string>>)["config.yaml"];
    return text === undefined ? [] : [text];
  });
  return parse(data ?? "");
}

describe("Pyroscope", () => {
  itRunsRestrictedPods(inProd, []);

  it("keeps profiles in the bucket for as long as it was told", () => {
    expect(configurationIn(inProd)).toEqual({
      target: "all",
      server: { http_listen_port: 4040 },
      analytics: { reporting_enabled: false },
      self_profiling: { disable_push: true },
      limits: { compactor_blocks_retention_period: "72h" },
      storage: {
        backend: "s3",
        s3: {
          bucket_name: "ml-platform-prod-telemetry-profiles-000000000003",
          endpoint: "s3.eu-central-1.amazonaws.com",
          region: "eu-central-1",
          insecure: false,
        },
      },
    });
    expect(configurationIn(onLaptop)).toMatchObject({
      storage: { s3: { bucket_name: "ml-platform-local-telemetry-profiles", endpoint: "minio.state-store.svc:9000", insecure: true } },
    });
  });

  it("writes to its volume alone, which stays where data is kept", () => {
    const { volume_mount: mounts } = containerOf(inProd, "Profiles_Server");
    expect(mounts.filter(({ read_only: readOnly }) => !readOnly).map(({ mount_path: path }) => path)).toEqual([
      "/var/lib/pyroscope",
      "/tmp",
    ]);
    const kept = (stack: SynthesizedStack) => stack.one("kubernetes_stateful_set_v1").spec;
    expect(kept(inProd)).toMatchObject({ persistent_volume_claim_retention_policy: [{ when_deleted: "Retain" }] });
    expect(kept(onLaptop)).toMatchObject({ persistent_volume_claim_retention_policy: [{ when_deleted: "Delete" }] });
  });

  it("signs in by its service account in the cloud, and with a user of MinIO's on the laptop", () => {
    const accounts = inProd.all("aws_eks_pod_identity_association").map(({ namespace, service_account: account }) => [namespace, account]);
    expect(accounts).toContainEqual(["monitoring", "pyroscope"]);
    expect(containerOf(inProd, "Profiles_Server").env_from ?? []).toEqual([]);
    expect(containerOf(onLaptop, "Profiles_Server").env_from).toEqual([
      { secret_ref: { name: expect.stringContaining("pyroscope") as string } },
    ]);
  });

  it("is talked to by Grafana, by Prometheus, and by who fetches profiles", () => {
    const paths = networkPaths(inProd);
    expect(paths["pyroscope-pyroscope"]).toEqual(
      expect.arrayContaining(["from monitoring/grafana 4040", "from monitoring/prometheus 4040", "to kube-system/kube-dns 53/UDP 53"]),
    );
    expect(paths["profile-collector-pyroscope"]).toEqual(["from monitoring/profile-collector 4040"]);
    expect(manifest(inProd, "PodMonitor", "pyroscope").spec).toMatchObject({
      selector: { matchLabels: { "app.kubernetes.io/name": "pyroscope" } },
      podMetricsEndpoints: [{ port: "http" }],
    });
  });
});

describe("ProfileCollector", () => {
  const values = valuesOf(release(inProd, "profile-collector"));
  const { content } = (values.alloy as { readonly configMap: { readonly content: string } }).configMap;

  it("asks pods that have the annotation, at the port that it names, and hands over to Pyroscope", () => {
    expect(content).toContain('source_labels = ["__meta_kubernetes_pod_annotation_evenkeel_profiles"]');
    expect(content).toContain('target_label = "__meta_kubernetes_pod_annotation_evenkeel_profiles"');
    expect(content).toContain("targets = discovery.relabel.pods.output");
    expect(content).toContain("forward_to = [pyroscope.write.server.receiver]");
    expect(content).toContain('url = "http://pyroscope.monitoring:4040"');
  });

  it("says whose a profile is", () => {
    for (const label of ["namespace", "workload", "pod", "service_name"]) expect(content).toContain(`target_label = "${label}"`);
  });

  it("is one pod without rights but to look at pods", () => {
    expect(values).toMatchObject({
      controller: { type: "deployment", replicas: 1 },
      nameOverride: "profile-collector",
      global: { podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } },
      alloy: { securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } } },
      rbac: {
        rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"] }],
        clusterRules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
      },
    });
  });
});
