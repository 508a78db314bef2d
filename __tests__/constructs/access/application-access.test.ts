import type { Application } from "../../../applications/application";
import { ApplicationAccess } from "../../../constructs/access/application-access";
import { applicationOperation } from "../../../constructs/access/rules";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { environments } from "../../../environments/index";
import type { Arguments } from "../../../operations/terraform-json";
import { platformStackOf } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

const { local } = environments;

function accessOf(access: Application["access"]): SynthesizedStack {
  return platformStackOf(local, ({ stack }) => {
    const namespace = new GuardedNamespace(stack, "Namespace", { environment: local, name: "shop" });
    new ApplicationAccess(stack, "Access", { namespace, access });
  });
}

interface Binding {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly role_ref: Arguments;
  readonly subject: readonly Arguments[];
}

function bindings(stack: SynthesizedStack) {
  const all = stack.all("kubernetes_role_binding_v1") as unknown as readonly Binding[];
  const byName = [...all].sort((one, other) => one.metadata.name.localeCompare(other.metadata.name));
  return byName.map(({ metadata, role_ref, subject }) => ({
    name: metadata.name,
    role: [role_ref.kind, role_ref.name],
    groups: subject.map(({ kind, name }) => [kind, name]),
  }));
}

describe("the access to an application", () => {
  const stack = accessOf({ viewers: ["shop:viewers"], admins: ["shop:admins"] });

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "kubernetes_default_service_account_v1", // of the namespace, as all that is not told below
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_resource_quota_v1",
      "kubernetes_role_binding_v1", // viewers
      "kubernetes_role_binding_v1", // admins
      "kubernetes_role_v1", // admins
    ]);
  });

  it("lets both groups see, and admins operate, in its namespace and nowhere else", () => {
    expect(bindings(stack)).toEqual([
      { name: "admins", role: ["Role", expect.stringContaining("AdminRole")], groups: [["Group", "shop:admins"]] },
      {
        name: "viewers",
        role: ["ClusterRole", "view"],
        groups: [
          ["Group", "shop:viewers"],
          ["Group", "shop:admins"],
        ],
      },
    ]);
    for (const { metadata } of [...stack.all("kubernetes_role_binding_v1"), stack.one("kubernetes_role_v1")]) {
      expect(metadata).toMatchObject({ namespace: `\${${stack.address("kubernetes_namespace_v1")}.metadata[0].name}` });
    }
  });

  it("is to restart, scale and end, never to run something, to see a secret or to give rights", () => {
    const rules = (stack.one("kubernetes_role_v1") as { rule: readonly { api_groups: string[]; resources: string[]; verbs: string[] }[] })
      .rule;
    expect(rules.length).toBe(applicationOperation.length);
    const resources = rules.flatMap(({ resources: of }) => of);
    expect(resources).toEqual(expect.arrayContaining(["deployments", "deployments/scale", "pods/eviction"]));
    for (const closed of ["secrets", "pods/exec", "serviceaccounts", "roles", "rolebindings", "*"]) expect(resources).not.toContain(closed);
    const verbs = [...new Set(rules.flatMap(({ resources: of, verbs: allowed }) => (of.includes("pods/eviction") ? [] : allowed)))];
    expect(verbs.sort()).toEqual(["delete", "patch", "update"]);
  });
});

it("needs no role where nobody operates, and no binding where nobody looks", () => {
  const viewed = accessOf({ viewers: ["shop:viewers"], admins: [] });
  expect(bindings(viewed).map(({ name }) => name)).toEqual(["viewers"]);
  expect(viewed.all("kubernetes_role_v1")).toEqual([]);
  expect(bindings(accessOf({ viewers: [], admins: [] }))).toEqual([]);
});

it("lets admins see who are the only ones", () => {
  expect(bindings(accessOf({ viewers: [], admins: ["shop:admins"] }))[1]).toMatchObject({
    name: "viewers",
    groups: [["Group", "shop:admins"]],
  });
});
