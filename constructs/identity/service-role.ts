import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { policyDocument, type PolicyStatement } from "./policy-document";

export interface ServiceRoleProps {
  readonly roleName: string;
  /** AWS service that assumes the role, e.g. `ec2.amazonaws.com`. */
  readonly service: string;
  /** Policies of AWS that the role gets, by their full ARN. @default none */
  readonly managedPolicyArns?: readonly string[];
  /** Actions of the trust. Pod Identity needs `sts:TagSession` as well. @default `sts:AssumeRole` */
  readonly trustedActions?: readonly string[];
  /** Conditions of the trust. @default none */
  readonly trustCondition?: PolicyStatement["Condition"];
}

/** IAM role that a service of AWS assumes. */
export class ServiceRole extends Construct {
  /** Escape hatch. */
  readonly resource: IamRole;
  /** What has to exist before the role can do its work. */
  readonly attachments: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    this.resource = new IamRole(this, "Resource", {
      name: props.roleName,
      assumeRolePolicy: policyDocument({
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Service: props.service },
        Action: props.trustedActions ?? ["sts:AssumeRole"],
        ...(props.trustCondition ? { Condition: props.trustCondition } : {}),
      }),
    });
    this.attachments = (props.managedPolicyArns ?? []).map(
      (policyArn) => new IamRolePolicyAttachment(this, policyArn.split("/").at(-1) ?? policyArn, { role: this.resource.name, policyArn }),
    );
  }

  get arn(): string {
    return this.resource.arn;
  }
}
