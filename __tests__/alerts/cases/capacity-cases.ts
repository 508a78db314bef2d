import type { AlertCases } from "../alert-case";

const claim = { namespace: "database", persistentvolumeclaim: "db-1" };
const ofClaim = 'namespace="database",persistentvolumeclaim="db-1"';

/** Requests of a pod that runs, and of one that is done; and what two nodes have. */
const requests = (resource: string, running: number, done: number) => ({
  [`kube_pod_container_resource_requests{namespace="search",pod="api",container="api",resource="${resource}"}`]: `${running}x90`,
  'kube_pod_status_phase{namespace="search",pod="api",phase="Running"}': "1x90",
  [`kube_pod_container_resource_requests{namespace="search",pod="job",container="job",resource="${resource}"}`]: `${done}x90`,
  'kube_pod_status_phase{namespace="search",pod="job",phase="Succeeded"}': "1x90",
  'kube_pod_status_phase{namespace="search",pod="job",phase="Running"}': "0x90",
  [`kube_node_status_allocatable{node="a",resource="${resource}"}`]: "50x90",
  [`kube_node_status_allocatable{node="b",resource="${resource}"}`]: "50x90",
});

const hpa = { namespace: "search", horizontalpodautoscaler: "api" };
const ofHpa = 'namespace="search",horizontalpodautoscaler="api"';

export const capacityCases: AlertCases = {
  VolumeFillingUp: {
    fires: {
      // A tenth in four days, of which a tenth is left.
      series: {
        [`kubelet_volume_stats_capacity_bytes{${ofClaim}}`]: "1000000000x240",
        [`kubelet_volume_stats_available_bytes{${ofClaim}}`]: "100000000-20000x240",
        [`kubelet_volume_stats_used_bytes{${ofClaim}}`]: "900000000+20000x240",
      },
      after: "3h",
      labels: claim,
    },
    quiet: {
      series: {
        // Seven days; and one that grows fast, but has room.
        [`kubelet_volume_stats_capacity_bytes{${ofClaim}}`]: "1000000000x240",
        [`kubelet_volume_stats_available_bytes{${ofClaim}}`]: "100000000-10000x240",
        [`kubelet_volume_stats_used_bytes{${ofClaim}}`]: "900000000+10000x240",
        'kubelet_volume_stats_capacity_bytes{namespace="cache",persistentvolumeclaim="c"}': "1000000000x240",
        'kubelet_volume_stats_available_bytes{namespace="cache",persistentvolumeclaim="c"}': "500000000-200000x240",
        'kubelet_volume_stats_used_bytes{namespace="cache",persistentvolumeclaim="c"}': "500000000+200000x240",
      },
      after: "3h",
    },
  },
  VolumeFull: {
    fires: {
      series: {
        [`kubelet_volume_stats_capacity_bytes{${ofClaim}}`]: "100x20",
        [`kubelet_volume_stats_available_bytes{${ofClaim}}`]: "2x20",
      },
      after: "10m",
      labels: claim,
    },
    quiet: {
      series: {
        [`kubelet_volume_stats_capacity_bytes{${ofClaim}}`]: "100x20",
        [`kubelet_volume_stats_available_bytes{${ofClaim}}`]: "4x20",
      },
      after: "10m",
    },
  },
  VolumeInodes: {
    fires: {
      series: { [`kubelet_volume_stats_inodes_used{${ofClaim}}`]: "91x30", [`kubelet_volume_stats_inodes{${ofClaim}}`]: "100x30" },
      after: "20m",
      labels: claim,
    },
    quiet: {
      series: { [`kubelet_volume_stats_inodes_used{${ofClaim}}`]: "89x30", [`kubelet_volume_stats_inodes{${ofClaim}}`]: "100x30" },
      after: "20m",
    },
  },
  CapacityCpuShort: {
    fires: { series: requests("cpu", 91, 0), after: "70m" },
    quiet: { series: requests("cpu", 80, 20), after: "70m" },
  },
  CapacityMemoryShort: {
    fires: { series: requests("memory", 91, 0), after: "70m" },
    quiet: { series: requests("memory", 80, 20), after: "70m" },
  },
  QuotaNearlyUsed: {
    fires: {
      series: {
        'kube_resourcequota{namespace="search",resourcequota="q",resource="requests.cpu",type="used"}': "95x30",
        'kube_resourcequota{namespace="search",resourcequota="q",resource="requests.cpu",type="hard"}': "100x30",
      },
      after: "20m",
      labels: { namespace: "search", resource: "requests.cpu" },
    },
    quiet: {
      series: {
        'kube_resourcequota{namespace="search",resourcequota="q",resource="requests.cpu",type="used"}': "90x30",
        'kube_resourcequota{namespace="search",resourcequota="q",resource="requests.cpu",type="hard"}': "100x30",
        'kube_resourcequota{namespace="search",resourcequota="q",resource="services.loadbalancers",type="used"}': "0x30",
        'kube_resourcequota{namespace="search",resourcequota="q",resource="services.loadbalancers",type="hard"}': "0x30",
      },
      after: "20m",
    },
  },
  HpaAtMaximum: {
    fires: {
      series: {
        [`kube_horizontalpodautoscaler_status_current_replicas{${ofHpa}}`]: "5x30",
        [`kube_horizontalpodautoscaler_spec_max_replicas{${ofHpa}}`]: "5x30",
        [`kube_horizontalpodautoscaler_spec_min_replicas{${ofHpa}}`]: "2x30",
      },
      after: "20m",
      labels: hpa,
    },
    quiet: {
      series: {
        [`kube_horizontalpodautoscaler_status_current_replicas{${ofHpa}}`]: "5x10 4x30",
        [`kube_horizontalpodautoscaler_spec_max_replicas{${ofHpa}}`]: "5x40",
        [`kube_horizontalpodautoscaler_spec_min_replicas{${ofHpa}}`]: "2x40",
        'kube_horizontalpodautoscaler_status_current_replicas{namespace="search",horizontalpodautoscaler="fixed"}': "2x40",
        'kube_horizontalpodautoscaler_spec_max_replicas{namespace="search",horizontalpodautoscaler="fixed"}': "2x40",
        'kube_horizontalpodautoscaler_spec_min_replicas{namespace="search",horizontalpodautoscaler="fixed"}': "2x40",
      },
      after: "20m",
    },
  },
  HpaCannotScale: {
    fires: {
      series: {
        [`kube_horizontalpodautoscaler_status_condition{${ofHpa},condition="ScalingActive",status="false"}`]: "1x30",
        [`kube_horizontalpodautoscaler_status_desired_replicas{${ofHpa}}`]: "2x30",
      },
      after: "20m",
      labels: { ...hpa, condition: "ScalingActive" },
    },
    quiet: {
      series: {
        'kube_horizontalpodautoscaler_status_condition{namespace="a",horizontalpodautoscaler="b",condition="ScalingActive",status="true"}':
          "1x30",
        [`kube_horizontalpodautoscaler_status_condition{${ofHpa},condition="ScalingActive",status="false"}`]: "1x30",
        [`kube_horizontalpodautoscaler_status_desired_replicas{${ofHpa}}`]: "0x30",
        [`kube_horizontalpodautoscaler_status_condition{namespace="a",horizontalpodautoscaler="b",condition="ScalingLimited",status="false"}`]:
          "1x30",
        [`kube_horizontalpodautoscaler_status_desired_replicas{namespace="a",horizontalpodautoscaler="b"}`]: "1x30",
      },
      after: "20m",
    },
  },
  KedaScalerErrors: {
    fires: {
      series: { 'keda_scaler_detail_errors_total{namespace="search",scaledObject="indexer",scaler="redis"}': "0+1x30" },
      after: "25m",
      labels: { namespace: "search", scaledObject: "indexer" },
    },
    quiet: {
      series: { 'keda_scaler_detail_errors_total{namespace="search",scaledObject="indexer",scaler="redis"}': "0x10 1x30" },
      after: "25m",
    },
  },
  KarpenterCannotLaunch: {
    fires: {
      series: { 'karpenter_cloudprovider_errors_total{method="Create",error="InsufficientCapacityError"}': "0+1x40" },
      after: "30m",
      labels: { error: "InsufficientCapacityError" },
    },
    quiet: {
      series: {
        'karpenter_cloudprovider_errors_total{method="Create",error="NodeClaimNotFoundError"}': "0+1x40",
        'karpenter_cloudprovider_errors_total{method="Get",error="InsufficientCapacityError"}': "0+1x40",
        'karpenter_cloudprovider_errors_total{method="Create",error="InsufficientCapacityError"}': "0x5 1x40",
      },
      after: "35m",
    },
  },
  NodesAtMaximum: {
    fires: {
      series: {
        'karpenter_nodepools_usage{nodepool="general",resource_type="cpu"}': "30x30",
        'karpenter_nodepools_limit{nodepool="general",resource_type="cpu"}': "32x30",
      },
      after: "20m",
      labels: { nodepool: "general", resource_type: "cpu" },
    },
    quiet: {
      series: {
        'karpenter_nodepools_usage{nodepool="general",resource_type="cpu"}': "28x30",
        'karpenter_nodepools_limit{nodepool="general",resource_type="cpu"}': "32x30",
        'karpenter_nodepools_usage{nodepool="general",resource_type="nodes"}': "5x30",
        'karpenter_nodepools_limit{nodepool="general",resource_type="nodes"}': "5x30",
      },
      after: "20m",
    },
  },
};
