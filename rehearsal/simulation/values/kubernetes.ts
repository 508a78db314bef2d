import { always, numberBelow, textAt, uuid, valueAt } from "./common-values";
import type { ValueContext, ValuesByPath, ValueTable } from "./value-table";

/** What the API server keeps of every object. @param generation 0 where it counts no generations */
function objectMetadata(generation: 0 | 1): ValuesByPath {
  return {
    ...givenMetadata(generation),
    id: (context) => `${textAt(context, "metadata", "namespace") ?? "default"}/${objectName(context)}`,
    "metadata.name": objectName,
  };
}

/** The part of it that is nobody's choice. */
function givenMetadata(generation: 0 | 1): ValuesByPath {
  return {
    "metadata.generation": () => generation,
    "metadata.resource_version": (context) => String(numberBelow(1_000_000, context, "resource version") + 1),
    "metadata.uid": (context) => uuid(context, "uid"),
  };
}

/** Metadata in a template: no object has them yet. */
function templateMetadata(prefix: string): ValuesByPath {
  return {
    ...always("", ...["name", "resource_version", "uid"].map((name) => `${prefix}.${name}`)),
    [`${prefix}.generation`]: () => 0,
  };
}

function containers(prefix: string): ValuesByPath {
  return {
    ...always({}, `${prefix}.resources.limits`, `${prefix}.resources.requests`),
    [`${prefix}.image_pull_policy`]: () => "IfNotPresent",
    [`${prefix}.termination_message_policy`]: () => "File",
  };
}

function templateOf(prefix: string): ValuesByPath {
  return {
    ...templateMetadata(`${prefix}.metadata`),
    ...always("", ...["hostname", "node_name", "service_account_name"].map((name) => `${prefix}.spec.${name}`)),
    [`${prefix}.spec.scheduler_name`]: () => "default-scheduler",
    ...containers(`${prefix}.spec.container`),
    ...containers(`${prefix}.spec.init_container`),
  };
}

const podTemplate = templateOf("spec.template");

/** Objects in a cluster, with what the API server fills in. */
export const kubernetes: ValueTable = {
  kubernetes_namespace_v1: { applied: { ...objectMetadata(0), id: objectName } },
  kubernetes_cluster_role_v1: { applied: { ...objectMetadata(0), id: objectName } },
  kubernetes_cluster_role_binding_v1: { applied: { ...objectMetadata(0), id: objectName, ...always("", "subject.api_group") } },
  kubernetes_config_map_v1: { applied: objectMetadata(0) },
  kubernetes_role_v1: { applied: objectMetadata(0) },
  kubernetes_role_binding_v1: { applied: { ...objectMetadata(0), ...always("", "subject.api_group") } },
  kubernetes_default_service_account_v1: {
    applied: { ...givenMetadata(0), ...always("", "default_secret_name"), id: defaultAccountId },
  },
  kubernetes_service_account_v1: { applied: { ...objectMetadata(0), ...always("", "default_secret_name") } },
  kubernetes_storage_class_v1: { applied: { ...objectMetadata(0), id: objectName } },
  kubernetes_limit_range_v1: { applied: objectMetadata(0) },
  kubernetes_network_policy_v1: { applied: objectMetadata(1) },
  kubernetes_pod_disruption_budget_v1: { applied: objectMetadata(1) },
  // The provider reads the field of version 1 for all of them.
  kubernetes_horizontal_pod_autoscaler_v2: { applied: { ...objectMetadata(0), "spec.target_cpu_utilization_percentage": () => 0 } },
  kubernetes_priority_class_v1: { applied: { ...objectMetadata(1), id: objectName } },
  kubernetes_resource_quota_v1: { applied: objectMetadata(0) },
  kubernetes_secret_v1: { applied: { ...objectMetadata(0), data: () => ({}) } },
  kubernetes_daemon_set_v1: { applied: { ...objectMetadata(1), ...podTemplate } },
  kubernetes_deployment_v1: { applied: { ...objectMetadata(1), ...podTemplate, "spec.replicas": () => "1" } },
  kubernetes_stateful_set_v1: {
    applied: {
      ...objectMetadata(1),
      ...podTemplate,
      ...templateMetadata("spec.volume_claim_template.metadata"),
      ...always("", "spec.volume_claim_template.spec.storage_class_name", "spec.volume_claim_template.spec.volume_name"),
      "spec.pod_management_policy": () => "OrderedReady",
      "spec.replicas": () => "1",
      "spec.revision_history_limit": () => 10,
      "spec.volume_claim_template.spec.volume_mode": () => "Filesystem",
    },
  },
  kubernetes_job_v1: {
    applied: { ...objectMetadata(1), ...podTemplate, "metadata.labels": () => ({}), "spec.completion_mode": () => "NonIndexed" },
  },
  kubernetes_cron_job_v1: {
    applied: {
      ...objectMetadata(1),
      ...templateMetadata("spec.job_template.metadata"),
      ...templateOf("spec.job_template.spec.template"),
      "spec.job_template.spec.completion_mode": () => "",
    },
  },
  kubernetes_persistent_volume_claim_v1: {
    applied: {
      ...objectMetadata(0),
      "spec.storage_class_name": () => "standard",
      "spec.volume_mode": () => "Filesystem",
      "spec.volume_name": (context) => `pvc-${uuid(context, "uid")}`,
    },
  },
  kubernetes_service_v1: {
    applied: {
      ...objectMetadata(0),
      "spec.cluster_ip": clusterAddress,
      "spec.cluster_ips": (context) => [clusterAddress(context)],
      "spec.external_traffic_policy": (context) => (serviceType(context) === "ClusterIP" ? "" : "Cluster"),
      "spec.health_check_node_port": () => 0,
      "spec.internal_traffic_policy": () => "Cluster",
      "spec.ip_families": () => ["IPv4"],
      "spec.ip_family_policy": () => "SingleStack",
      "spec.port.node_port": (context) => (serviceType(context) === "ClusterIP" ? 0 : 30_000 + numberBelow(2_768, context, "node port")),
      "spec.port.target_port": targetPort,
      "spec.session_affinity_config.client_ip.timeout_seconds": () => 10_800,
      status: (context) => [{ load_balancer: [{ ingress: serviceType(context) === "LoadBalancer" ? [balancer(context)] : [] }] }],
    },
  },
};

function objectName(context: ValueContext): string {
  return textAt(context, "metadata", "name") ?? `${textAt(context, "metadata", "generate_name") ?? ""}${context.hex(5, "name")}`;
}

/** Kubernetes makes the account with the namespace, under this name. */
function defaultAccountId(context: ValueContext): string {
  return `${textAt(context, "metadata", "namespace") ?? "default"}/default`;
}

function serviceType(context: ValueContext): string {
  return textAt(context, "spec", "type") ?? "ClusterIP";
}

/** Of the range that kubeadm takes for services. */
function clusterAddress(context: ValueContext): string {
  return `10.96.${numberBelow(256, context, "third")}.${numberBelow(254, context, "fourth") + 1}`;
}

/** The port itself; nobody knows here which of several is asked for. */
function targetPort(context: ValueContext): string | undefined {
  const port = valueAt(context, "spec", "port", "port");
  return port === undefined ? undefined : String(port);
}

/** The load balancer that the cloud's controller would have made. */
function balancer(context: ValueContext): object {
  return { hostname: `k8s-${objectName(context)}-${context.hex(16, "balancer")}.elb.${context.region}.amazonaws.com`, ip: "" };
}
