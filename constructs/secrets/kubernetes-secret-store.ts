import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1, type RoleV1Rule } from "@cdktf/provider-kubernetes/lib/role-v1";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Manifests } from "../addons/manifests";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { clusterSecretStore, secretStoreName, type SecretProvider } from "./cluster-secret-store";
import { ExternalSecrets, externalSecretsAccount } from "./external-secrets";
import { fingerprintOf, generatedPassword, passwordProperty, requireSecretName } from "./generated-password";
import type { GeneratedSecret, ISecretStore, SecretReference, SecretStoreProps } from "./secret-store";

/** Namespace that holds secrets and nothing else. */
const storeNamespace = "secret-store";

/** Service account that reads them. No pod runs as it. */
const reader = { name: "reader", namespace: storeNamespace };

/** The operator's, which gets tokens of that one. */
const operator = { name: externalSecretsAccount.serviceAccount, namespace: externalSecretsAccount.namespace };

/** Secrets of Kubernetes in a closed namespace of the cluster itself. */
export class KubernetesSecretStore extends Construct implements ISecretStore {
  readonly storeName = secretStoreName;
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly operator: ExternalSecrets;
  private readonly namespace: GuardedNamespace;

  constructor(scope: Construct, id: string, { setting }: SecretStoreProps) {
    super(scope, id);
    this.namespace = new GuardedNamespace(this, "Namespace", { environment: setting.environment, name: storeNamespace });
    const namespace = this.namespace.resource.metadata.name;
    new ServiceAccountV1(this, "Reader", { metadata: { name: reader.name, namespace }, automountServiceAccountToken: false });
    const rights = [
      this.grant("ReadSecrets", reader, { resources: ["secrets"], verbs: ["get", "list", "watch"] }),
      this.grant("BecomeReader", operator, { resources: ["serviceaccounts/token"], resourceNames: [reader.name], verbs: ["create"] }),
    ];
    this.operator = new ExternalSecrets(this, "Operator", { setting });
    const store = new Manifests(this, "ClusterSecretStore", {
      release: "secret-store",
      namespace: this.operator.namespace,
      resources: [clusterSecretStore(provider)],
      requires: [this.operator, { installed: rights }],
    });
    this.installed = store.installed;
  }

  generate(scope: Construct, id: string, name: string, beside: Readonly<Record<string, string>> = {}): GeneratedSecret {
    const generated = new Construct(scope, id);
    const key = requireSecretName(generated, name);
    const password = generatedPassword(generated);
    const sameStack = TerraformStack.of(scope) === TerraformStack.of(this);
    const secret = new SecretV1(generated, "Resource", {
      metadata: { name: key, namespace: storeNamespace },
      data: { ...beside, [passwordProperty]: password },
      dependsOn: sameStack ? [this.namespace.resource] : [], // other stacks come after this one
    });
    return { key, property: passwordProperty, fingerprint: fingerprintOf(password), installed: [secret] };
  }

  reference(name: string, property: string): SecretReference {
    return { key: requireSecretName(this, name), property };
  }

  /** Allows a service account something in the closed namespace. */
  private grant(id: string, account: typeof reader, rule: Omit<RoleV1Rule, "apiGroups">): RoleBindingV1 {
    const name = id.replace(/\B[A-Z]/g, "-$&").toLowerCase();
    const metadata = { name, namespace: this.namespace.resource.metadata.name };
    const role = new RoleV1(this, `${id}Role`, { metadata, rule: [{ apiGroups: [""], ...rule }] });
    return new RoleBindingV1(this, id, {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
      subject: [{ kind: "ServiceAccount", ...account }],
    });
  }
}

const provider: SecretProvider = {
  kubernetes: {
    remoteNamespace: storeNamespace,
    server: {
      url: "https://kubernetes.default.svc",
      // Kubernetes puts the API server's CA into every namespace under this name.
      caProvider: { type: "ConfigMap", namespace: storeNamespace, name: "kube-root-ca.crt", key: "ca.crt" },
    },
    auth: { serviceAccount: reader },
  },
};
