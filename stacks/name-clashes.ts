import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import type { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { Problem } from "../constructs/shared/errors";

/** How what is named is called, for those whose names come from several hands: the platform's and the teams'. */
const names: Readonly<Record<string, (resource: IConstruct) => string | undefined>> = {
  kubernetes_namespace_v1: (resource) => (resource as NamespaceV1).metadata.nameInput,
  // A namespace that is not known yet is another one each time, and no clash.
  kubernetes_secret_v1: (resource) => {
    const { nameInput, namespaceInput } = (resource as SecretV1).metadata;
    return `${namespaceInput}/${nameInput}`;
  },
  aws_iam_role: (resource) => (resource as IamRole).nameInput,
  aws_secretsmanager_secret: (resource) => (resource as SecretsmanagerSecret).nameInput,
};

/** Names that two things of one kind have in an environment: the second could not be made, or would be the first. */
export function nameClashes(constructs: readonly IConstruct[]): readonly Problem[] {
  const first = new Map<string, IConstruct>();
  return constructs.flatMap((construct) => {
    if (!TerraformResource.isTerraformResource(construct)) return [];
    const value = names[construct.terraformResourceType]?.(construct);
    if (value === undefined) return [];
    const key = `${construct.terraformResourceType} ${value}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, construct);
      return [];
    }
    return [
      { path: construct.node.path, field: "name", value, limit: `different from that of ${other.node.path}`, fix: "rename one of the two" },
    ];
  });
}
