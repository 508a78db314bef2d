import { onEks } from "../../../constructs/cluster/aws-cluster";
import { AlbIngress } from "../../../constructs/ingress/alb-ingress";
import type { RouteProps } from "../../../constructs/ingress/ingress";
import { ExistingVpc } from "../../../constructs/network/existing-vpc";
import type { AwsEnvironment } from "../../../environments/environment";
import { routeFor } from "../../contracts/ingress";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

/** Ids of the network, as they cross from its own layer. */
export const vpcId = "vpc-00000000000000001";
export const publicSubnets = ["subnet-00000000000000001", "subnet-00000000000000002"] as const;
export const intraSubnets = ["subnet-00000000000000003", "subnet-00000000000000004"] as const;

/** The ingress of an environment, over a network of another layer. */
export function makeAlb(environment: AwsEnvironment, { stack, setting, cluster }: PlatformParts, id: string): AlbIngress {
  const network = new ExistingVpc(stack, `${id}Network`, environment, {
    vpc: "existing",
    vpcId,
    cidr: environment.network.cidr,
    subnetIds: { public: [...publicSubnets], private: [], data: [], intra: [...intraSubnets] },
  });
  return new AlbIngress(stack, id, { setting, environment, network, cluster: onEks(cluster, id) });
}

/** A platform stack with the ingress of an environment and, where given, a route. */
export function albOf(environment: AwsEnvironment, route?: Partial<RouteProps>): SynthesizedStack {
  return platformStackOf(environment, (parts) => {
    const ingress = makeAlb(environment, parts, "Ingress");
    if (route) ingress.route(parts.stack, "Route", routeFor(parts, route));
  });
}

/** An environment with other values of its ingress. */
export function withIngress(environment: AwsEnvironment, changed: Partial<AwsEnvironment["ingress"]>): AwsEnvironment {
  return { ...environment, ingress: { ...environment.ingress, ...changed } };
}
