import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { Construct } from "constructs";
import type { Application } from "../../applications/application";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { applicationOperation } from "./rules";

export interface ApplicationAccessProps {
  readonly namespace: GuardedNamespace;
  readonly access: Application["access"];
}

const rbac = "rbac.authorization.k8s.io";

/**
 * What the people who look after an application may do in its namespace, beside those of the platform. Nobody of them reads a Secret. Whoever
 * restarts pods may change their templates, and could have one print what it knows: this keeps from mistakes, not from intent.
 */
export class ApplicationAccess extends Construct {
  private readonly namespace: string;

  constructor(scope: Construct, id: string, { access, namespace }: ApplicationAccessProps) {
    super(scope, id);
    const { admins, viewers } = access;
    this.namespace = namespace.resource.metadata.name;
    // Kubernetes' own role; what the platform's charts bring is part of it.
    if (viewers.length + admins.length > 0) this.bind("Viewers", "viewers", { kind: "ClusterRole", name: "view" }, [...viewers, ...admins]);
    if (admins.length === 0) return;
    const metadata = { name: "admins", namespace: this.namespace };
    const role = new RoleV1(this, "AdminRole", { metadata, rule: [...applicationOperation] });
    this.bind("Admins", "admins", { kind: "Role", name: role.metadata.name }, admins);
  }

  private bind(id: string, name: string, role: { readonly kind: string; readonly name: string }, groups: readonly string[]): void {
    new RoleBindingV1(this, id, {
      metadata: { name, namespace: this.namespace },
      roleRef: { apiGroup: rbac, ...role },
      subject: groups.map((group) => ({ kind: "Group", name: group, apiGroup: rbac })),
    });
  }
}
