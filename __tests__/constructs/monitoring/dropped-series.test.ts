import { droppedOfApiServer, droppedOfContainers, droppedOfKubelet } from "../../../constructs/monitoring/dropped-series";
import type { Relabeling } from "../../../constructs/monitoring/pod-monitor";

type Series = Readonly<Record<string, string>>;

/** Whether a series is dropped, as Prometheus does it: values joined by semicolons, the whole of them matched. */
function drops(rules: readonly Relabeling[], series: Series): boolean {
  return rules.some(({ action, regex = "(.*)", sourceLabels = [] }) => {
    const text = sourceLabels.map((label) => series[label] ?? "").join(";");
    return action === "drop" && new RegExp(`^(?:${regex})$`).test(text);
  });
}

describe("dropped series", () => {
  test.each([
    ["of the API server", { __name__: "apiserver_request_sli_duration_seconds_bucket" }, droppedOfApiServer],
    ["of the API server", { __name__: "apiserver_admission_controller_admission_duration_seconds_bucket" }, droppedOfApiServer],
    ["of the API server", { __name__: "etcd_request_duration_seconds_bucket" }, droppedOfApiServer],
    ["of the API server", { __name__: "kubernetes_feature_enabled" }, droppedOfApiServer],
    ["of the API server", request("0.05"), droppedOfApiServer],
    ["of the API server", request("2.0"), droppedOfApiServer],
    ["of the API server", { ...request("1"), verb: "WATCH" }, droppedOfApiServer],
    ["of kubelets", { __name__: "kubelet_runtime_operations_duration_seconds_bucket" }, droppedOfKubelet],
    ["of kubelets", { __name__: "storage_operation_duration_seconds_bucket" }, droppedOfKubelet],
    ["of containers", { __name__: "container_memory_rss", id: "/system.slice/containerd.service", pod: "" }, droppedOfContainers],
    ["of containers", ofPod("container_tasks_state"), droppedOfContainers],
    ["of containers", ofPod("container_memory_failures_total"), droppedOfContainers],
    ["of containers", ofPod("container_spec_cpu_shares"), droppedOfContainers],
    ["of containers", { ...ofPod("container_network_receive_bytes_total"), interface: "veth0" }, droppedOfContainers],
  ] as const)("%s are without %j", (_, series, rules) => {
    expect(drops(rules, series)).toBe(true);
  });

  test.each([
    ["of the API server", { __name__: "apiserver_request_total", verb: "WATCH" }, droppedOfApiServer],
    ["of the API server", { __name__: "apiserver_request_duration_seconds_count", verb: "GET" }, droppedOfApiServer],
    ["of the API server", { __name__: "apiserver_flowcontrol_rejected_requests_total" }, droppedOfApiServer],
    ["of the API server", request("+Inf"), droppedOfApiServer],
    ["of the API server", request("1"), droppedOfApiServer],
    ["of kubelets", { __name__: "kubelet_volume_stats_used_bytes" }, droppedOfKubelet],
    ["of kubelets", { __name__: "kubelet_running_pods" }, droppedOfKubelet],
    ["of containers", ofPod("container_cpu_usage_seconds_total"), droppedOfContainers],
    ["of containers", ofPod("container_cpu_cfs_throttled_periods_total"), droppedOfContainers],
    ["of containers", ofPod("container_memory_working_set_bytes"), droppedOfContainers],
    ["of containers", ofPod("container_fs_usage_bytes"), droppedOfContainers],
    ["of containers", { ...ofPod("container_network_receive_bytes_total"), interface: "eth0" }, droppedOfContainers],
    ["of containers", { __name__: "machine_cpu_cores" }, droppedOfContainers],
  ] as const)("%s keep %j", (_, series, rules) => {
    expect(drops(rules, series)).toBe(false);
  });
});

function request(le: string): Series {
  return { __name__: "apiserver_request_duration_seconds_bucket", verb: "GET", le };
}

function ofPod(name: string): Series {
  return { __name__: name, id: "/kubepods.slice/kubepods-pod1.slice", pod: "search-1" };
}
