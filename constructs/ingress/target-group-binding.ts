import type { CustomResource } from "../addons/manifests";

/** Keeps the pods of a service registered with a target group (AWS Load Balancer Controller). */
export interface TargetGroupBinding extends CustomResource {
  readonly apiVersion: "elbv2.k8s.aws/v1beta1";
  readonly kind: "TargetGroupBinding";
  /** There is no `networking` in it: with that the controller would change security groups. */
  readonly spec: {
    readonly targetGroupARN: string;
    readonly targetType: "ip";
    readonly ipAddressType: "ipv4";
    readonly vpcID: string;
    readonly serviceRef: { readonly name: string; readonly port: number };
  };
}
