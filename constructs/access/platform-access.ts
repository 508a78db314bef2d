import { ClusterRoleBindingV1, type ClusterRoleBindingV1Subject } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import type { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";
import type { AccessAccounts } from "./access-accounts";
import { accessGroups } from "./access-groups";
import { clusterReading, customResourceReading, operation, type Rule } from "./rules";

export interface PlatformAccessProps {
  /** Accounts with the same rights as the groups. @default none: people come by their groups */
  readonly accounts?: AccessAccounts;
}

const rbac = "rbac.authorization.k8s.io";

/** What the people who use a cluster may do in it, by their groups. Nobody gets `cluster-admin`, and who looks sees no secret. */
export class PlatformAccess extends Construct {
  /** Names of the platform's own roles. */
  readonly viewerRole = "evenkeel:viewer";
  readonly adminRole = "evenkeel:admin";

  constructor(scope: Construct, id: string, { accounts }: PlatformAccessProps) {
    super(scope, id);
    const admins = [group(accessGroups.admins), ...accountsOf(accounts?.admin)];
    const everybody = [group(accessGroups.viewers), ...accountsOf(accounts?.viewer), ...admins];
    // Kubernetes adds this to its own roles `view`, `edit` and `admin`.
    this.createRole("CustomResources", "evenkeel:custom-resources", customResourceReading, { [`${rbac}/aggregate-to-view`]: "true" });
    this.bind("View", "evenkeel:view", "view", everybody);
    this.bind("ViewerBinding", this.viewerRole, this.createRole("Viewer", this.viewerRole, clusterReading).metadata.name, everybody);
    this.bind("AdminBinding", this.adminRole, this.createRole("Admin", this.adminRole, operation).metadata.name, admins);
  }

  private createRole(id: string, name: string, rules: readonly Rule[], labels?: Readonly<Record<string, string>>): ClusterRoleV1 {
    return new ClusterRoleV1(this, id, { metadata: { name, labels: { ...labels } }, rule: [...rules] });
  }

  private bind(id: string, name: string, role: string, subject: ClusterRoleBindingV1Subject[]): void {
    new ClusterRoleBindingV1(this, id, { metadata: { name }, roleRef: { apiGroup: rbac, kind: "ClusterRole", name: role }, subject });
  }
}

function group(name: string): ClusterRoleBindingV1Subject {
  return { kind: "Group", name, apiGroup: rbac };
}

function accountsOf(account: ServiceAccountV1 | undefined): ClusterRoleBindingV1Subject[] {
  return account ? [{ kind: "ServiceAccount", name: account.metadata.name, namespace: account.metadata.namespace }] : [];
}
