import type { ResourceChange } from "../../operations/plan-changes";
import { lossesIn, lossLines } from "../../operations/stateful-types";

const change = (type: string, actions: string, before: unknown = {}): ResourceChange => ({
  address: `${type}.One`,
  type,
  change: { actions: actions.split(","), before, after: null },
});
const addresses = (...resource_changes: ResourceChange[]) => lossesIn({ resource_changes }).map(({ address }) => address);

/** A release of our own chart. */
const release = (...kinds: readonly string[]) => ({
  values: [`manifests:\n${kinds.map((kind) => `  - kind: ${kind}\n    spec: { value: "\${x}" }\n`).join("")}`],
});

describe("what a plan loses", () => {
  it("is what keeps something, and is destroyed or replaced", () => {
    const plan = { resource_changes: [change("aws_db_instance", "delete"), change("aws_kms_key", "create,delete")] };
    expect(lossLines(lossesIn(plan))).toEqual([
      "aws_db_instance.One would be destroyed, with its data",
      "aws_kms_key.One would be replaced, and everything under it",
    ]);
    expect(addresses(change("kubernetes_persistent_volume_claim_v1", "delete,create"))).toHaveLength(1);
  });

  it("is nothing that stays, changes in place, is forgotten, or is made the same again", () => {
    expect(addresses(change("aws_db_instance", "update"), change("aws_s3_bucket", "no-op"), change("aws_s3_bucket", "forget"))).toEqual([]);
    expect(addresses(change("kubernetes_deployment_v1", "delete,create"), change("aws_lb_listener_rule", "delete"))).toEqual([]);
    expect(lossesIn({})).toEqual([]);
  });

  it("is a release, but for one of our own chart whose objects hold nothing", () => {
    expect(addresses(change("helm_release", "delete", release("HTTPRoute", "ExternalSecret")))).toEqual([]);
    expect(addresses(change("helm_release", "delete", release("HTTPRoute", "Cluster")))).toEqual(["helm_release.One"]); // a database
    expect(addresses(change("helm_release", "delete", { values: ["replicas: 2\n"] }))).toEqual(["helm_release.One"]); // a chart of somebody else
    expect(addresses(change("helm_release", "delete", { values: [] }))).toEqual(["helm_release.One"]);
  });
});
