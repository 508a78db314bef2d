import type { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import type { IAwsCluster } from "../cluster/aws-cluster";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import type { PolicyStatement } from "../identity/policy-document";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { awsNames } from "../shared/naming";

export interface ExternalDnsProps extends AddonProps {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
}

const defaults = { chart: "external-dns", namespace: "external-dns", serviceAccount: "external-dns" } as const;

/** Types of records that it makes; `TXT` says whose a record is. It may not touch others, least of all those that delegate the zone. */
const recordTypes = ["A", "AAAA", "CNAME"] as const;

/**
 * Makes records of the environment's hosted zone from `DNSEndpoint`s. Nothing else is a source: the domain and what is right below it
 * have their records from Terraform, there is no Gateway API on AWS, and no Service or Ingress makes a load balancer here.
 * It never deletes a record.
 */
export class ExternalDns extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, environment, cluster }: ExternalDnsProps) {
    const { hostedZone, region } = environment;
    const { namespace: namespaceName, serviceAccount } = defaults;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: namespaceName });
    const identity = awsWorkloadIdentity(scope, `${id}Identity`, {
      setting,
      environment,
      cluster,
      namespace: namespaceName,
      serviceAccount,
      purpose: "external-dns",
      statements: permissions(environment),
    });
    const pods = { namespace: namespaceName };
    const resources = setting.footprint.resources("small");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: 1, resources }], // it elects no leader
      paths: [
        { from: pods, to: "api-server" },
        { from: pods, to: "dns" },
        { from: pods, to: "internet" }, // Route 53 has no endpoint in the VPC
        ...identity.paths(pods),
      ],
      requires: [identity],
      values: {
        provider: { name: "aws" },
        sources: ["crd"],
        policy: "upsert-only",
        registry: "txt",
        txtOwnerId: awsNames(environment).prefix,
        domainFilters: [hostedZone.name],
        managedRecordTypes: recordTypes,
        extraArgs: [`--zone-id-filter=${hostedZone.id}`],
        env: [{ name: "AWS_REGION", value: region }],
        resources,
        serviceAccount: { create: true, name: serviceAccount, annotations: identity.serviceAccountAnnotations },
      },
      metrics: [{ pods, port: 7979 }],
    });
  }
}

/** Changes are bound to the zone and to types of records; the lists of zones know no resources. */
function permissions({ hostedZone, region }: AwsEnvironment): readonly PolicyStatement[] {
  const zone = `arn:${partitionOf(region)}:route53:::hostedzone/${hostedZone.id}`;
  return [
    {
      Sid: "Change",
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: zone,
      Condition: { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": [...recordTypes, "TXT"] } },
    },
    { Sid: "LookIntoZone", Effect: "Allow", Action: ["route53:ListResourceRecordSets", "route53:ListTagsForResources"], Resource: zone },
    { Sid: "LookForZone", Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
  ];
}
