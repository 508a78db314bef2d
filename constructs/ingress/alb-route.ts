import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import { NetworkPolicies } from "../connections/network-policies";
import { awsNames } from "../shared/naming";
import type { Backend, RouteProps } from "./ingress";
import type { TargetGroupBinding } from "./target-group-binding";

export interface AlbRouteProps {
  readonly environment: AwsEnvironment;
  readonly route: RouteProps;
  /** Listener that the rule is added to. */
  readonly listenerArn: string;
  readonly vpcId: string;
  /** What keeps the pods registered. */
  readonly requires: readonly Installed[];
}

/** A backend with its target group. */
interface Target {
  readonly backend: Backend;
  /** Of the group and of its binding: a binding never moves to another group. */
  readonly name: string;
  readonly group: LbTargetGroup;
}

/** Longest time that the load balancer waits for the requests of a pod that goes, in seconds (ELB user guide, "Deregistration delay"). */
const longestDelaySeconds = 3600;

/** What leads requests of one route to its pods: target groups, a rule of the listener, and the way through the network policies. */
export class AlbRoute extends Construct {
  /** Escape hatch. */
  readonly rule: LbListenerRule;
  private readonly props: AlbRouteProps;

  constructor(scope: Construct, id: string, props: AlbRouteProps) {
    super(scope, id);
    this.props = props;
    const { route } = props;
    const targets = route.backends.map((backend) => this.createTarget(backend));
    this.rule = this.createRule(targets);
    const policies = new NetworkPolicies(this, "Paths", {
      owner: route.name,
      places: route.setting.places,
      paths: route.backends.map((backend) => ({
        from: "load-balancer",
        to: { namespace: route.namespace, labels: backend.podLabels },
        ports: [{ port: podPortOf(backend) }],
      })),
    });
    new Manifests(this, "Targets", {
      release: `${route.name}-route`,
      namespace: route.namespace,
      resources: targets.map((target) => this.binding(target)),
      // A group without a listener checks no pod, and without policies no pod answers.
      requires: [...props.requires, ...(route.requires ?? []), { installed: [this.rule, ...policies.resources] }],
    });
  }

  private createTarget(backend: Backend): Target {
    const { environment, route, vpcId } = this.props;
    const { service, port, healthPath } = backend;
    const timeoutSeconds = environment.ingress.timeoutSeconds;
    const podPort = podPortOf(backend);
    const name = awsNames(environment).targetGroup(route.namespace, route.name, service, port, podPort);
    const group = new LbTargetGroup(this, `${service}-${port}`, {
      name,
      targetType: "ip",
      protocol: "HTTP",
      port: podPort,
      vpcId,
      deregistrationDelay: String(Math.min(timeoutSeconds, longestDelaySeconds)),
      healthCheck: {
        path: healthPath ?? "/",
        protocol: "HTTP",
        matcher: "200-399", // a redirect to a page for login is an answer
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      // AWS deletes no group that a rule still leads to.
      lifecycle: { createBeforeDestroy: true },
    });
    return { backend, name, group };
  }

  private createRule(targets: readonly Target[]): LbListenerRule {
    const { listenerArn, route } = this.props;
    const path = route.path ?? "/";
    const [first] = targets;
    const targetGroup = targets.map(({ backend, group }) => ({ arn: group.arn, weight: backend.weight ?? 1 }));
    return new LbListenerRule(this, "Rule", {
      listenerArn,
      priority: route.priority,
      condition: [{ hostHeader: { values: [route.host] } }, ...(path === "/" ? [] : [{ pathPattern: { values: [path, `${path}/*`] } }])],
      // One alone has no weight: the API shows it as the group of the action.
      action: [
        targets.length === 1 ? { type: "forward", targetGroupArn: first?.group.arn } : { type: "forward", forward: { targetGroup } },
      ],
    });
  }

  private binding({ backend, name, group }: Target): TargetGroupBinding {
    const { route, vpcId } = this.props;
    const { service, port } = backend;
    return {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name, namespace: route.namespace },
      spec: { targetGroupARN: group.arn, targetType: "ip", ipAddressType: "ipv4", vpcID: vpcId, serviceRef: { name: service, port } },
    };
  }
}

function podPortOf({ podPort, port }: Backend): number {
  return podPort ?? port;
}
