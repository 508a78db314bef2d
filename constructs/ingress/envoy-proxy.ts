import type { CustomResource } from "../addons/manifests";
import type { PodResources } from "../shared/pod-resources";

/** How Envoy Gateway runs the proxies of a GatewayClass. */
export interface EnvoyProxy extends CustomResource {
  readonly apiVersion: "gateway.envoyproxy.io/v1alpha1";
  readonly kind: "EnvoyProxy";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly provider: {
      readonly type: "Kubernetes";
      readonly kubernetes: {
        readonly envoyDeployment: { readonly replicas: number; readonly container: { readonly resources: PodResources } };
        readonly envoyService: {
          readonly name: string;
          readonly type: "NodePort";
          readonly externalTrafficPolicy: "Cluster" | "Local";
          /** Goes over the service that it makes, port by port: it has no field for node ports. */
          readonly patch: {
            readonly type: "StrategicMerge";
            readonly value: { readonly spec: { readonly ports: readonly { readonly port: number; readonly nodePort: number }[] } };
          };
        };
      };
    };
  };
}
