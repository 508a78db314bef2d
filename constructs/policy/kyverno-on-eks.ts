import type { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { onEks } from "../cluster/aws-cluster";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import type { PolicyStatement } from "../identity/policy-document";
import { awsNames } from "../shared/naming";
import { Kyverno, verifierAccount, type PolicyEngineProps } from "./kyverno";

/** Kyverno on EKS: where signatures are asked for, it reads them from ECR, which wants to know who asks. */
export function kyvernoOnEks(scope: Construct, id: string, environment: AwsEnvironment, props: PolicyEngineProps): Kyverno {
  if (environment.policies.signingKeys.length === 0) return new Kyverno(scope, id, props);
  const identity = awsWorkloadIdentity(scope, `${id}Identity`, {
    setting: props.setting,
    environment,
    cluster: onEks(props.cluster, `${scope.node.path}/${id}`),
    ...verifierAccount,
    purpose: "kyverno",
    statements: readsSignatures(environment),
  });
  return new Kyverno(scope, id, { ...props, identity });
}

function readsSignatures(environment: AwsEnvironment): readonly PolicyStatement[] {
  const { accountId, region } = environment;
  return [
    { Sid: "LogIn", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" }, // it takes no resource
    {
      Sid: "Read",
      Effect: "Allow",
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: `arn:${partitionOf(region)}:ecr:${region}:${accountId}:repository/${awsNames(environment).repository("*")}`,
    },
  ];
}
