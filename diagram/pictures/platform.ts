import { PlatformAccess } from "../../constructs/access/platform-access";
import { AcmeIssuer } from "../../constructs/certificates/acme-issuer";
import { LocalCertificateAuthority } from "../../constructs/certificates/local-certificate-authority";
import { CloudNativePg } from "../../constructs/database/cloud-native-pg";
import { IrsaIdentity } from "../../constructs/identity/irsa-identity";
import { MinioIdentity } from "../../constructs/identity/minio-identity";
import { PodIdentity } from "../../constructs/identity/pod-identity";
import { PrometheusOperatorCrds } from "../../constructs/monitoring/prometheus-operator-crds";
import { Kyverno } from "../../constructs/policy/kyverno";
import { EcrRegistry } from "../../constructs/registry/ecr-registry";
import { LocalRegistry } from "../../constructs/registry/local-registry";
import { FixedNodes } from "../../constructs/scaling/fixed-nodes";
import { KarpenterNodeScaling } from "../../constructs/scaling/karpenter-node-scaling";
import { Keda } from "../../constructs/scaling/keda";
import { MetricsServer } from "../../constructs/scaling/metrics-server";
import { NvidiaDevicePlugin } from "../../constructs/scaling/nvidia-device-plugin";
import { OffHours } from "../../constructs/scaling/off-hours";
import { VerticalPodAutoscaler } from "../../constructs/scaling/vertical-pod-autoscaler";
import { KubernetesSecretStore } from "../../constructs/secrets/kubernetes-secret-store";
import { SealedSecrets } from "../../constructs/secrets/sealed-secrets";
import { SecretsManagerStore } from "../../constructs/secrets/secrets-manager-store";
import { EbsStorageClass } from "../../constructs/storage/ebs-storage-class";
import { LocalPathStorageClass } from "../../constructs/storage/local-path-storage-class";
import { counted, painter, platformFrame, type Painter } from "../painter";

const registry = platformFrame("registry", "Registry");
const secrets = platformFrame("secrets", "Secret store");
const certificates = platformFrame("certificates", "Certificates");
const storage = platformFrame("storage", "Volumes");
const nodeScaling = platformFrame("node-scaling", "More nodes");
const identity = platformFrame("identity", "Workload identity");

const copies = "copies by External Secrets";

/** Draws what workloads find in every cluster. */
export const platformPainters: readonly Painter[] = [
  painter(EcrRegistry, registry, ({ repositories }) => ["ECR", counted(repositories.length, "repository").replace(/ys$/, "ies")]),
  painter(LocalRegistry, registry, ({ address }) => ["in the cluster", address]),
  painter(SecretsManagerStore, secrets, () => ["AWS Secrets Manager", copies]),
  painter(KubernetesSecretStore, secrets, () => ["closed namespace of the cluster", copies]),
  painter(SealedSecrets, platformFrame("sealed-secrets", "Secrets in git"), () => ["Sealed Secrets"]),
  painter(AcmeIssuer, certificates, ({ issuerName }) => ["cert-manager", issuerName]),
  painter(LocalCertificateAuthority, certificates, () => ["cert-manager", "a CA of its own"]),
  painter(EbsStorageClass, storage, (_, { disposable }) => [
    "EBS gp3, encrypted",
    disposable ? "deleted with their claim" : "outlive their claim",
  ]),
  painter(LocalPathStorageClass, storage, () => ["folders of the nodes"]),
  painter(Kyverno, platformFrame("policies", "Policies"), (_, { policies: { mode } }) => [
    "Kyverno",
    mode === "enforce" ? "enforced" : "reported only",
  ]),
  painter(PlatformAccess, platformFrame("access", "Access of people"), () => ["RBAC", "viewers and admins"]),
  painter(PodIdentity, identity, () => ["EKS Pod Identity"]),
  painter(IrsaIdentity, identity, () => ["IAM roles for service accounts"]),
  painter(MinioIdentity, identity, () => ["users of MinIO"]),
  painter(KarpenterNodeScaling, nodeScaling, ({ growingGroups }) => ["Karpenter", `for ${counted(growingGroups.length, "node group")}`]),
  painter(FixedNodes, nodeScaling, () => ["none: the nodes are fixed"]),
  painter(OffHours, platformFrame("off-hours", "Off-hours"), () => ["EventBridge Scheduler", "no nodes while nobody works"]),
  painter(NvidiaDevicePlugin, platformFrame("gpus", "GPUs"), () => ["NVIDIA device plugin"]),
  painter(Keda, platformFrame("pod-scaling", "More pods"), () => ["KEDA, by queues", "autoscaler, by load"]),
  painter(VerticalPodAutoscaler, platformFrame("requests", "Recommended requests"), () => ["Vertical Pod Autoscaler"]),
  painter(MetricsServer, platformFrame("usage", "Use of pods and nodes"), () => ["Metrics Server"]),
  painter(PrometheusOperatorCrds, platformFrame("monitoring", "Monitoring"), (_, environment) =>
    environment.monitoring ? [] : ["types of monitors only"],
  ),
  painter(CloudNativePg, platformFrame("postgres-operator", "PostgreSQL operator"), () => ["CloudNativePG, Barman plugin"]),
];
