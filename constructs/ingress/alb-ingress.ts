import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { IAwsNetwork } from "../network/aws-network";
import { refuse, type Problem } from "../shared/errors";
import { AlbRoute } from "./alb-route";
import { ApplicationLoadBalancer } from "./application-load-balancer";
import { ExternalDns } from "./external-dns";
import type { IIngress, IngressProps, RouteProps } from "./ingress";
import { LoadBalancerController } from "./load-balancer-controller";
import { WebAcl } from "./web-acl";

export interface AlbIngressProps extends Pick<IngressProps, "setting"> {
  readonly environment: AwsEnvironment;
  readonly network: IAwsNetwork;
  readonly cluster: IAwsCluster;
}

/** Application Load Balancer in front of EKS. Terraform owns all of it; a controller in the cluster only registers pods. */
export class AlbIngress extends Construct implements IIngress {
  readonly domain: string;
  /** Escape hatch. */
  readonly loadBalancer: ApplicationLoadBalancer;
  /** Registers the pods of routes. */
  readonly controller: LoadBalancerController;
  /** Firewall, where the environment has one. */
  readonly webAcl?: WebAcl;
  private readonly props: AlbIngressProps;
  /** Routes by their priority. */
  private readonly routes = new Map<number, string>();

  constructor(scope: Construct, id: string, props: AlbIngressProps) {
    super(scope, id);
    this.props = props;
    const { environment } = props;
    const { waf } = environment.ingress;
    this.domain = environment.domain;
    this.loadBalancer = new ApplicationLoadBalancer(this, "LoadBalancer", props);
    if (waf.rules === "managed") {
      const { requestsPerFiveMinutes } = waf;
      const loadBalancerArn = this.loadBalancer.resource.arn;
      this.webAcl = new WebAcl(this, "WebAcl", { environment, requestsPerFiveMinutes, loadBalancerArn });
    }
    this.controller = new LoadBalancerController(this, "Controller", props);
    if (environment.ingress.externalDns) new ExternalDns(this, "ExternalDns", props);
  }

  urlOf(host: string): string {
    return `https://${host}`;
  }

  route(scope: Construct, id: string, route: RouteProps): void {
    const { environment, network } = this.props;
    const path = `${scope.node.path}/${id}`;
    refuse(this.problemsOf(path, route));
    this.routes.set(route.priority, path);
    const together = TerraformStack.of(scope) === TerraformStack.of(this);
    new AlbRoute(scope, id, {
      environment,
      route,
      listenerArn: this.loadBalancer.listener.arn,
      vpcId: network.vpcId,
      requires: together ? [this.controller] : [],
    });
  }

  /** What a load balancer cannot do for a route, and what two routes cannot have together. */
  private problemsOf(path: string, { priority, timeoutSeconds, tls }: RouteProps): readonly Problem[] {
    const all = this.props.environment.ingress.timeoutSeconds;
    const other = this.routes.get(priority);
    return [
      ...(timeoutSeconds === undefined || timeoutSeconds === all
        ? []
        : [
            {
              path,
              field: "timeoutSeconds",
              value: timeoutSeconds,
              limit: `the load balancer's ${all}, which is for all routes`,
              fix: "leave it out, or change the environment's ingress.timeoutSeconds",
            },
          ]),
      ...(tls === false
        ? [{ path, field: "tls", value: tls, limit: "true: port 80 of the load balancer only redirects", fix: "leave it out" }]
        : []),
      ...(other === undefined
        ? []
        : [{ path, field: "priority", value: priority, limit: `another one than that of ${other}`, fix: "choose one that is free" }]),
    ];
  }
}
