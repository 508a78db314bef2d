import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Path, Pods } from "../connections/path";
import type { PolicyStatement } from "./policy-document";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "./workload-identity";

/** User of MinIO with a policy of its own. */
export class MinioIdentity extends Construct implements IWorkloadIdentity {
  readonly serviceAccountAnnotations = {};
  readonly installed: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    this.allow("Policy", ...props.statements);
  }

  paths(_pods: Pods): readonly Path[] {
    return [];
  }

  allow(_id: string, ..._statements: readonly PolicyStatement[]): void {
    throw new Error("not yet");
  }
}
