import { arn, generatedName, nameOf, regional, tagged } from "./aws-values";
import { characters, textAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** Secrets, and who of the cluster may read them. */
export const awsSecrets: ValueTable = {
  aws_secretsmanager_secret: {
    planned: { ...regional, ...tagged },
    applied: { ...generatedName(), id: secretArn, arn: secretArn, policy: () => "" },
  },
  aws_secretsmanager_secret_version: {
    planned: regional,
    applied: {
      arn: (context) => textAt(context, "secret_id"),
      has_secret_string_wo: () => false,
      id: (context) => `${textAt(context, "secret_id")}|${versionId(context)}`,
      version_id: versionId,
      version_stages: () => ["AWSCURRENT"],
    },
  },
  aws_eks_pod_identity_association: {
    planned: { ...regional, ...tagged },
    applied: {
      id: associationId,
      association_id: associationId,
      association_arn: (context) =>
        arn(context, "eks", `podidentityassociation/${textAt(context, "cluster_name")}/${associationId(context)}`),
      disable_session_tags: () => false,
      external_id: () => "",
    },
  },
};

/** Secrets Manager puts six characters behind the name. */
function secretArn(context: ValueContext): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  return arn(context, "secretsmanager", `secret:${nameOf(context)}-${characters(6, alphabet, context, "suffix")}`);
}

/** The provider makes it up: a time and a number. */
function versionId(context: ValueContext): string {
  return `terraform-202601011200000000${context.hex(8, "version")}`;
}

function associationId(context: ValueContext): string {
  return `a-${context.hex(17, "association")}`;
}
