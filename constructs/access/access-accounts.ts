import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";
import type { AddonProps } from "../addons/platform-setting";
import { GuardedNamespace } from "../namespaces/guarded-namespace";

/** Namespace of the accounts. */
const namespaceName = "access";

/** Service accounts that stand for people where nobody logs in: on the laptop. No pod runs as one of them. */
export class AccessAccounts extends Construct {
  /** Account of those who operate. */
  readonly admin: ServiceAccountV1;
  /** Account of those who look. */
  readonly viewer: ServiceAccountV1;

  constructor(scope: Construct, id: string, { setting: { environment } }: AddonProps) {
    super(scope, id);
    const namespace = new GuardedNamespace(this, "Namespace", { environment, name: namespaceName });
    this.admin = this.account("Admin", namespace, "admin");
    this.viewer = this.account("Viewer", namespace, "viewer");
  }

  private account(id: string, namespace: GuardedNamespace, name: string): ServiceAccountV1 {
    return new ServiceAccountV1(this, id, {
      metadata: { name, namespace: namespace.resource.metadata.name },
      automountServiceAccountToken: false,
    });
  }
}
