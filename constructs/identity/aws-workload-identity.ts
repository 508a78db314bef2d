import type { Construct } from "constructs";
import { assertNever } from "../shared/errors";
import { IrsaIdentity } from "./irsa-identity";
import { PodIdentity, type AwsWorkloadIdentityProps } from "./pod-identity";
import type { IWorkloadIdentity } from "./workload-identity";

/** The identity of a service account on AWS, in the way that the environment has chosen. */
export function awsWorkloadIdentity(scope: Construct, id: string, props: AwsWorkloadIdentityProps): IWorkloadIdentity {
  const { identity } = props.environment;
  switch (identity) {
    case "pod-identity":
      return new PodIdentity(scope, id, props);
    case "irsa":
      return new IrsaIdentity(scope, id, props);
    default:
      return assertNever(identity);
  }
}
