import { catalogFor } from "../../../constructs/catalog";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itStandsTwiceOnPlatform } from "../../contracts/stands-twice";
import { platformStackOf } from "../../platform-stack";
import { only, type SynthesizedStack } from "../../synthesized";

const { local, dev } = environments;

interface Role {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly rule: readonly {
    readonly api_groups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

interface Binding {
  readonly metadata: { readonly name: string };
  readonly role_ref: { readonly kind: string; readonly name: string };
  readonly subject: readonly { readonly kind: string; readonly name: string }[];
}

describe.each([
  ["local", local],
  ["dev", dev],
] as const)("the access to %s", (name, environment) => {
  const stack = accessOf(environment);
  const roles = stack.all("kubernetes_cluster_role_v1") as unknown as readonly Role[];
  const bindings = stack.all("kubernetes_cluster_role_binding_v1") as unknown as readonly Binding[];

  it("consists of", () => {
    expect(stack.inventory).toEqual(
      [
        "kubernetes_cluster_role_binding_v1", // the built-in role `view`
        "kubernetes_cluster_role_binding_v1", // evenkeel:viewer
        "kubernetes_cluster_role_binding_v1", // evenkeel:admin
        "kubernetes_cluster_role_v1", // custom resources, part of `view`
        "kubernetes_cluster_role_v1", // evenkeel:viewer
        "kubernetes_cluster_role_v1", // evenkeel:admin
        ...(name === "local"
          ? [
              "kubernetes_default_service_account_v1", // of the namespace `access`
              "kubernetes_limit_range_v1",
              "kubernetes_namespace_v1",
              "kubernetes_network_policy_v1",
              "kubernetes_resource_quota_v1",
              "kubernetes_service_account_v1", // admin
              "kubernetes_service_account_v1", // viewer
            ]
          : []),
      ].sort(),
    );
  });

  it("gives both groups what viewers have, and admins more", () => {
    const groupsOf = (role: string) =>
      bindings
        .filter((binding) => roleOf(binding) === role)
        .flatMap(({ subject }) => subject.filter(({ kind }) => kind === "Group").map((group) => group.name));
    expect(groupsOf("view").sort()).toEqual(["evenkeel:admins", "evenkeel:viewers"]);
    expect(groupsOf("evenkeel:viewer").sort()).toEqual(["evenkeel:admins", "evenkeel:viewers"]);
    expect(groupsOf("evenkeel:admin")).toEqual(["evenkeel:admins"]);
  });

  it("binds nobody to cluster-admin, and to nothing else", () => {
    expect(bindings.map(roleOf).sort()).toEqual(["evenkeel:admin", "evenkeel:viewer", "view"]);
  });

  it("names what it means: no wildcards", () => {
    const rules = roles.flatMap(({ rule }) => rule);
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule) => JSON.stringify(rule).includes("*"))).toEqual([]);
  });

  it("lets viewers read, and nothing that is secret", () => {
    const viewing = [role("evenkeel:viewer"), role("evenkeel:custom-resources")].flatMap(({ rule }) => rule);
    expect([...new Set(viewing.flatMap(({ verbs }) => verbs))].sort()).toEqual(["get", "list", "watch"]);
    expect(viewing.flatMap(({ resources }) => resources)).not.toContain("secrets");
    expect(viewing.flatMap(({ resources }) => resources)).not.toContain("configmaps"); // `view` has them
    expect(viewing.flatMap(({ api_groups }) => api_groups)).not.toContain("generators.external-secrets.io");
  });

  it("adds custom resources to the built-in roles by aggregation", () => {
    expect(role("evenkeel:custom-resources").metadata.labels).toEqual({ "rbac.authorization.k8s.io/aggregate-to-view": "true" });
    for (const name of ["evenkeel:viewer", "evenkeel:admin"]) expect(role(name).metadata.labels ?? {}).toEqual({});
    const groups = role("evenkeel:custom-resources").rule.flatMap(({ api_groups }) => api_groups);
    expect(groups).toEqual(
      expect.arrayContaining(["cert-manager.io", "external-secrets.io", "monitoring.coreos.com", "postgresql.cnpg.io"]),
    );
  });

  it("lets admins operate, and neither hand out rights, nor take another's identity, nor lift a guard", () => {
    const { rule } = role("evenkeel:admin");
    const writes = rule.flatMap(({ resources, verbs }) =>
      resources.flatMap((resource) =>
        verbs.filter((verb) => !["get", "list", "watch"].includes(verb)).map((verb) => `${verb} ${resource}`),
      ),
    );
    expect(writes).toEqual(
      expect.arrayContaining(["patch deployments", "delete pods", "create pods/eviction", "patch nodes", "create certificates"]),
    );
    expect(rule.flatMap(({ api_groups }) => api_groups)).not.toContain("rbac.authorization.k8s.io");
    const verbs = rule.flatMap((each) => each.verbs);
    for (const verb of ["bind", "escalate", "impersonate"]) expect(verbs).not.toContain(verb);
    for (const write of [
      "create pods",
      "create serviceaccounts/token",
      "patch namespaces",
      "patch networkpolicies",
      "patch resourcequotas",
      "create policyexceptions",
      "create externalsecrets", // would bring any secret of the store
    ]) {
      expect(writes).not.toContain(write);
    }
  });

  function role(wanted: string): Role {
    return only(
      roles.filter(({ metadata }) => metadata.name === wanted),
      wanted,
    );
  }

  /** Name of the role that is bound, the reference followed. */
  function roleOf({ role_ref }: Binding): string {
    const [, id = ""] = /\$\{kubernetes_cluster_role_v1\.([^.]+)\./.exec(role_ref.name) ?? [];
    return id === "" ? role_ref.name : (stack.one("kubernetes_cluster_role_v1", id) as unknown as Role).metadata.name;
  }

  itStandsTwiceOnPlatform(environment, ({ stack: scope, setting }, id) => catalogFor(environment).platformAccess(scope, id, { setting }));
});

describe("the access to a laptop", () => {
  const stack = accessOf(local);

  it("has service accounts with the rights of the groups, in a namespace that no pod gets into by itself", () => {
    const accounts = stack.all("kubernetes_service_account_v1");
    expect(accounts.map(({ metadata }) => (metadata as { name: string }).name)).toEqual(["admin", "viewer"]);
    expect(accounts.map((account) => account.automount_service_account_token)).toEqual([false, false]);
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({ name: "access" });
    const account = (name: "Admin" | "Viewer") =>
      `\${${stack.address("kubernetes_service_account_v1", `AccessAccounts_${name}`)}.metadata[0].name}`;
    const accountsOf = (binding: string) =>
      (stack.one("kubernetes_cluster_role_binding_v1", binding) as unknown as Binding).subject
        .filter(({ kind }) => kind === "ServiceAccount")
        .map(({ name }) => name);
    expect(accountsOf("Access_View_")).toEqual([account("Viewer"), account("Admin")]);
    expect(accountsOf("Access_ViewerBinding")).toEqual([account("Viewer"), account("Admin")]);
    expect(accountsOf("Access_AdminBinding")).toEqual([account("Admin")]);
  });
});

describe("the access to a cluster on AWS", () => {
  it("is by groups alone", () => {
    const subjects = accessOf(dev)
      .all("kubernetes_cluster_role_binding_v1")
      .flatMap((binding) => (binding as unknown as Binding).subject);
    expect([...new Set(subjects.map(({ kind }) => kind))]).toEqual(["Group"]);
  });
});

function accessOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => catalogFor(environment).platformAccess(stack, "Access", { setting }));
}
