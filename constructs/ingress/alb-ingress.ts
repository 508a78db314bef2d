import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { IAwsNetwork } from "../network/aws-network";
import { SignalRules } from "../monitoring/signal-rules";
import { monitoringNamespace } from "../monitoring/telemetry";
import { refuse } from "../shared/errors";
import { AlbRoute } from "./alb-route";
import { albSignals } from "./alb-signals";
import { ApplicationLoadBalancer } from "./application-load-balancer";
import { ExternalDns } from "./external-dns";
import type { IIngress, IngressInside, IngressProps, RouteProps } from "./ingress";
import { LoadBalancerController } from "./load-balancer-controller";
import { routeProblems } from "./route-problems";
import { WebAcl } from "./web-acl";

export interface AlbIngressProps extends Pick<IngressProps, "setting"> {
  readonly environment: AwsEnvironment;
  readonly network: IAwsNetwork;
  readonly cluster: IAwsCluster;
}

/** Application Load Balancer in front of EKS. Terraform owns all of it; a controller in the cluster only registers pods. */
export class AlbIngress extends Construct implements IIngress {
  readonly domain: string;
  // A new pod is ready once the load balancer sends it requests: a rollout would end all old ones before (its documentation, "Pod readiness gate").
  readonly namespaceLabels = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
  readonly inside: IngressInside;
  /** Escape hatch. */
  readonly loadBalancer: ApplicationLoadBalancer;
  /** Registers the pods of routes. */
  readonly controller: LoadBalancerController;
  /** Firewall, where the environment has one. */
  readonly webAcl?: WebAcl;
  private readonly props: AlbIngressProps;
  private readonly routes: RouteProps[] = [];

  constructor(scope: Construct, id: string, props: AlbIngressProps) {
    super(scope, id);
    this.props = props;
    const { environment } = props;
    const { waf } = environment.ingress;
    this.domain = environment.domain;
    // DNS says where it is: at public addresses, which pods reach as anybody does, or in subnets of the network.
    const to = environment.ingress.access === "internet" ? "internet" : "load-balancer";
    this.inside = { to, ports: [{ port: 443 }], urlOf: (host) => this.urlOf(host) };
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
    const { controller, domain, loadBalancer, routes } = this;
    const { environment, network } = this.props;
    const { timeoutSeconds } = environment.ingress;
    const limits = { domain, protocols: ["https"] as const, timeoutSeconds, timeoutByRoute: false, routes };
    refuse(routeProblems(`${scope.node.path}/${id}`, route, limits));
    routes.push(route);
    const listenerArn = loadBalancer.listener.arn;
    new AlbRoute(scope, id, { environment, route, listenerArn, vpcId: network.vpcId, requires: [controller] });
  }

  watch(scope: Construct, id: string): void {
    new SignalRules(scope, id, {
      ...{ environment: this.props.environment, namespace: monitoringNamespace, subject: "gateway", name: "gateway" },
      expressions: albSignals(scope, this.loadBalancer.resource.arnSuffix),
      requires: [],
    });
  }
}
