import type { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import type { IAwsCluster } from "../cluster/aws-cluster";
import { operatorPaths } from "../connections/path";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import type { PolicyStatement } from "../identity/policy-document";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { IAwsNetwork } from "../network/aws-network";
import { tagsOf } from "../shared/tags";

export interface LoadBalancerControllerProps extends AddonProps {
  readonly environment: AwsEnvironment;
  readonly network: IAwsNetwork;
  readonly cluster: IAwsCluster;
}

const defaults = {
  chart: "aws-load-balancer-controller",
  namespace: "load-balancer-controller",
  serviceAccount: "aws-load-balancer-controller",
} as const;

/** Port of the webhooks that judge `TargetGroupBinding`s. */
const webhookPort = 9443;

/**
 * Registers pods with the target groups of routes, and does nothing else: load balancers, their rules and their security groups are
 * Terraform's. It neither may nor tries to do more.
 */
export class LoadBalancerController extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, environment, network, cluster }: LoadBalancerControllerProps) {
    const { footprint } = setting;
    const { namespace: namespaceName, serviceAccount } = defaults;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: namespaceName });
    const identity = awsWorkloadIdentity(scope, `${id}Identity`, {
      setting,
      environment,
      cluster,
      namespace: namespaceName,
      serviceAccount,
      purpose: "load-balancer-controller",
      statements: permissions(environment),
    });
    const pods = { namespace: namespaceName };
    const resources = footprint.resources("medium");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: footprint.replicas, resources }],
      paths: [...operatorPaths(pods, webhookPort), ...identity.paths(pods)],
      requires: [identity],
      values: {
        clusterName: cluster.clusterName,
        region: environment.region,
        vpcId: network.vpcId, // nodes keep their metadata service from pods
        replicaCount: footprint.replicas,
        podDisruptionBudget: footprint.replicas > 1 ? { maxUnavailable: 1 } : {},
        resources,
        serviceAccount: { create: true, name: serviceAccount, annotations: identity.serviceAccountAnnotations },
        podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
        securityContext: { capabilities: { drop: ["ALL"] } },
        keepTLSSecret: true, // otherwise each upgrade makes another certificate, and a plan of it is never empty
        ...onlyTargetGroups,
      },
      metrics: [{ pods, port: 8080 }],
    });
  }
}

/** What the chart would do beside registering pods, switched off. */
const onlyTargetGroups = {
  ingressClass: "none", // without a class it would take every Ingress
  createIngressClassResource: false,
  ingressClassParams: { create: false },
  // It would stand in the way of every Ingress of anybody while its pods are down.
  webhookConfig: { disableIngressValidation: true },
  enableServiceMutatorWebhook: false,
  enableBackendSecurityGroup: false,
  enableShield: false,
  enableWaf: false,
  enableWafv2: false, // it would take the web ACL off the load balancer
  controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false, EnableServiceController: false } },
};

/** Registering is bound to the tags that everything of the environment has; the lists know no resources. */
function permissions(environment: AwsEnvironment): readonly PolicyStatement[] {
  const { accountId, region } = environment;
  const { Project = "", Environment = "" } = tagsOf(environment);
  return [
    {
      Sid: "RegisterPods",
      Effect: "Allow",
      Action: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      Resource: `arn:${partitionOf(region)}:elasticloadbalancing:${region}:${accountId}:targetgroup/*`,
      Condition: { StringEquals: { "aws:ResourceTag/Project": Project, "aws:ResourceTag/Environment": Environment } },
    },
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      Resource: "*",
    },
  ];
}
