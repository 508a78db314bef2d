import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { TerraformLocal, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { Path, Pods } from "../connections/path";
import { awsNames } from "../shared/naming";
import type { AwsWorkloadIdentityProps } from "./pod-identity";
import { policyDocument, type PolicyStatement } from "./policy-document";
import { namespaceNameOf, type ContainerEnvironment, type IWorkloadIdentity } from "./workload-identity";

/** Role that only one service account of the cluster gets, by a token of the cluster's OIDC issuer (IRSA). */
export class IrsaIdentity extends Construct implements IWorkloadIdentity {
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  readonly containerEnvironment: ContainerEnvironment;
  /** Escape hatch. */
  readonly resource: IamRole;
  private readonly parts: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: AwsWorkloadIdentityProps) {
    super(scope, id);
    const { cluster, environment, serviceAccount } = props;
    const { accountId, region } = environment;
    const name = awsNames(environment).role(props.purpose);
    // A local: with a function's own quotes in it the policy would be no JSON, and no scanner would read it.
    const issuer = new TerraformLocal(this, "Issuer", cluster.oidcIssuer).asString;
    // Under the address that it has with Pod Identity: a change between the two only changes whom the role trusts.
    this.resource = new IamRole(new Construct(this, "Role"), "Resource", {
      name,
      assumeRolePolicy: policyDocument({
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Federated: cluster.oidcProviderArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:sub`]: `system:serviceaccount:${namespaceNameOf(props.namespace)}:${serviceAccount}`,
            [`${issuer}:aud`]: "sts.amazonaws.com",
          },
        },
      }),
    });
    this.parts.push(this.resource);
    this.allow("Policy", ...props.statements);
    this.containerEnvironment = { variables: { AWS_REGION: region } };
    this.serviceAccountAnnotations = {
      "eks.amazonaws.com/role-arn": `arn:${partitionOf(region)}:iam::${accountId}:role/${name}`,
    };
  }

  get installed(): readonly ITerraformDependable[] {
    return this.parts;
  }

  /** The token becomes credentials at STS, one of the endpoints. */
  paths(pods: Pods): readonly Path[] {
    return [{ from: pods, to: "aws-endpoints" }];
  }

  allow(id: string, ...statements: readonly PolicyStatement[]): void {
    if (statements.length === 0) return; // IAM takes no empty policy
    this.parts.push(new IamRolePolicy(this, id, { role: this.resource.name, name: id, policy: policyDocument(...statements) }));
  }
}
