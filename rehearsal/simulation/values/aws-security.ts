import { arn, codeAfter, generatedName, nameOf, regional, tagged } from "./aws-values";
import { moment, textAt, uuid, valueAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** Identities, keys and logs. */
export const awsSecurity: ValueTable = {
  aws_iam_role: {
    planned: tagged,
    applied: {
      ...generatedName(),
      id: (context) => nameOf(context),
      arn: (context) => iamArn(context, `role${textAt(context, "path") ?? "/"}${nameOf(context)}`),
      create_date: () => moment,
      managed_policy_arns: () => [],
      unique_id: codeAfter("AROA", 17),
    },
  },
  aws_iam_role_policy: {
    applied: {
      ...generatedName(),
      id: (context) => `${textAt(context, "role")}:${nameOf(context)}`,
    },
  },
  aws_iam_role_policy_attachment: {
    applied: { id: (context) => `${textAt(context, "role")}/${textAt(context, "policy_arn")}` },
  },
  aws_iam_openid_connect_provider: {
    planned: tagged,
    applied: {
      id: oidcArn,
      arn: oidcArn,
      thumbprint_list: (context) => [context.hex(40, "thumbprint")],
    },
  },
  aws_kms_key: {
    planned: { ...regional, ...tagged },
    applied: {
      id: (context) => uuid(context),
      key_id: (context) => uuid(context),
      arn: (context) => arn(context, "kms", `key/${uuid(context)}`),
      description: () => "",
      multi_region: () => false,
      policy: accountPolicy,
      rotation_period_in_days: (context) => (valueAt(context, "enable_key_rotation") === true ? 365 : 0),
    },
  },
  aws_kms_alias: {
    planned: regional,
    applied: {
      ...generatedName(),
      id: (context) => nameOf(context),
      arn: (context) => arn(context, "kms", nameOf(context)),
      target_key_arn: (context) => {
        const key = textAt(context, "target_key_id") ?? uuid(context);
        return key.startsWith("arn:") ? key : arn(context, "kms", `key/${key}`);
      },
    },
  },
  aws_cloudwatch_log_group: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      id: (context) => nameOf(context),
      arn: (context) => arn(context, "logs", `log-group:${nameOf(context)}`),
      deletion_protection_enabled: () => false,
      log_group_class: () => "STANDARD",
    },
  },
};

/** IAM is in no region. */
function iamArn({ account }: ValueContext, resource: string): string {
  return `arn:aws:iam::${account}:${resource}`;
}

function oidcArn(context: ValueContext): string {
  return iamArn(context, `oidc-provider/${(textAt(context, "url") ?? "").replace(/^https:\/\//, "")}`);
}

/** What KMS gives a key that comes without a policy. */
function accountPolicy(context: ValueContext): string {
  return JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: iamArn(context, "root") },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });
}
