import { NetworkPolicies } from "../../../constructs/connections/network-policies";
import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";

const { local } = environments;

describe("policies at both ends of a path", () => {
  const stack = platformStackOf(local, ({ stack: scope, setting }) => {
    new GuardedNamespace(scope, "Team", { environment: local, name: "team-a" });
    const paths = [{ from: { namespace: "team-a" }, to: { namespace: "state-store" }, ports: [{ port: 9000 }] }];
    new NetworkPolicies(scope, "Paths", { owner: "test", places: setting.places, paths });
    const ahead = [{ from: { namespace: "team-b" }, to: { namespace: "state-store" }, ports: [{ port: 9000 }] }];
    new NetworkPolicies(scope, "Ahead", { owner: "ahead", places: setting.places, paths: ahead });
    new GuardedNamespace(scope, "Later", { environment: local, name: "team-b" });
  });

  it("come after their namespace where it is made in the same stack, and wait for nothing where it is not", () => {
    expect(stack.one("kubernetes_network_policy_v1", "Paths_team-a").depends_on).toEqual([
      stack.address("kubernetes_namespace_v1", "Team"),
    ]);
    expect(stack.one("kubernetes_network_policy_v1", "Paths_state-store").depends_on ?? []).toEqual([]);
  });

  it("come after a namespace, too, that is declared after the path", () => {
    expect(stack.one("kubernetes_network_policy_v1", "Ahead_team-b").depends_on).toEqual([
      stack.address("kubernetes_namespace_v1", "Later"),
    ]);
  });
});
