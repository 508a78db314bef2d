import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformJson } from "../../../operations/terraform-json";
import { carriedStack, lackingTable, type Lacking } from "../../../rehearsal/moto/carried-stack";
import { committedSchema } from "../../../rehearsal/schemas/committed-schemas";
import { describeWithMoto } from "./describe-with-moto";

const motoFolder = join(__dirname, "../../../rehearsal/moto");

function stack(resource: TerraformJson["resource"] = {}, output: TerraformJson["output"] = {}): TerraformJson {
  return { terraform: { backend: {}, required_providers: {} }, resource, output };
}

describe("carriedStack", () => {
  const addons: Lacking = { type: "aws_addon", call: "eks:CreateAddon", reason: "none" };

  it("is a stack as it is, where moto lacks nothing of it", () => {
    const json = stack({ aws_disk: { A: { size: 1 } } }, { id: { value: "${aws_disk.A.id}" } });
    expect(carriedStack(json, [addons])).toEqual({ json, leftOut: [], ignored: [] });
  });

  it("lacks what moto cannot make, what refers to that, however far, and its outputs", () => {
    const { json, leftOut } = carriedStack(
      stack(
        {
          aws_role: { Far: { addon: "${aws_policy.Near.id}" }, Other: { addon: "${aws_addon.Dns-b.id}" } },
          aws_policy: { Near: { statement: [{ resources: ["x", "${aws_addon.Dns.arn}"] }] } },
          aws_addon: { Dns: { name: "dns" } },
        },
        { addon: { value: "${aws_addon.Dns.id}" }, role: { value: "${aws_role.Far.id}" }, other: { value: "${aws_role.Other.id}" } },
      ),
      [addons],
    );
    expect(json.resource).toEqual({ aws_role: { Other: { addon: "${aws_addon.Dns-b.id}" } } });
    expect(json.output).toEqual({ other: { value: "${aws_role.Other.id}" } });
    expect(leftOut).toEqual(["aws_addon.Dns", "aws_policy.Near", "aws_role.Far"]);
  });

  it("lacks expressions with a name that refer to what is left out, and what refers to them", () => {
    const absent: Lacking = { type: "aws_disk", absent: "power", reason: "switched off" };
    const resource = { aws_disk: { A: {} }, aws_rules: { A: { of: "${local.ofDisk}" }, B: { of: "${local.ofNothing}" } } };
    const locals = { ofDisk: "${element(aws_disk.A.parts, 1)}", ofNothing: "${max(1, 2)}" };
    const { json, leftOut } = carriedStack({ ...stack(resource), locals }, [absent]);
    expect(json).toMatchObject({ locals: { ofNothing: locals.ofNothing }, resource: { aws_rules: { B: resource.aws_rules.B } } });
    expect(Object.keys(json.locals ?? {})).toEqual(["ofNothing"]);
    expect(leftOut).toEqual(["aws_disk.A", "local.ofDisk", "aws_rules.A"]);
  });

  it("keeps what only comes after something that is left out", () => {
    const nodes = { size: 1, depends_on: ["aws_addon.Dns", "aws_role.A"] };
    const { json, leftOut } = carriedStack(stack({ aws_addon: { Dns: {} }, aws_nodes: { A: nodes }, aws_role: { A: {} } }), [addons]);
    expect(json.resource).toEqual({ aws_nodes: { A: { size: 1, depends_on: ["aws_role.A"] } }, aws_role: { A: {} } });
    expect(leftOut).toEqual(["aws_addon.Dns"]);
  });

  it("has no empty section, which the engine would refuse", () => {
    const { json } = carriedStack(stack({ aws_addon: { Dns: {} } }, { dns: { value: "${aws_addon.Dns.id}" } }), [addons]);
    expect(Object.keys(json)).toEqual(["terraform"]);
  });

  it("ignores changes of what moto does not keep, and leaves it in the apply", () => {
    const kept: Lacking = { type: "aws_disk", argument: "tier", reason: "forgotten" };
    const own = { prevent_destroy: true, ignore_changes: ["size"] };
    const { json, leftOut, ignored } = carriedStack(stack({ aws_disk: { A: { tier: 1, lifecycle: own }, B: {} } }), [kept]);
    expect(json.resource?.aws_disk).toEqual({
      A: { tier: 1, lifecycle: { prevent_destroy: true, ignore_changes: ["size", "tier"] } },
      B: { lifecycle: { ignore_changes: ["tier"] } },
    });
    expect([leftOut, ignored]).toEqual([[], ["aws_disk.tier"]]);
  });

  it("takes statements out of a policy, and the policy where it has no others", () => {
    const denials: Lacking = { type: "aws_rules", argument: "policy", statements: "Deny", reason: "not evaluated" };
    const policy = (...effects: readonly string[]) => JSON.stringify({ Version: "1", Statement: effects.map((Effect) => ({ Effect })) });
    const { json, leftOut, ignored } = carriedStack(
      stack({ aws_rules: { A: { policy: policy("Deny", "Allow") }, B: { policy: policy("Deny") }, C: { policy: policy("Allow") } } }),
      [denials],
    );
    expect(json.resource?.aws_rules).toEqual({ A: { policy: policy("Allow") }, C: { policy: policy("Allow") } });
    expect([leftOut, ignored]).toEqual([["aws_rules.A.policy", "aws_rules.B"], []]);
  });

  it("leaves out what refers to another stack, and what needs something that nobody has made", () => {
    const lacking: readonly Lacking[] = [
      { type: "aws_rules", reference: "data.terraform_remote_state", reason: "elsewhere" },
      { type: "aws_record", absent: "its zone", reason: "made by hand" },
    ];
    const far = { network: "${data.terraform_remote_state.x.outputs.y}" };
    const { json, leftOut } = carriedStack(stack({ aws_rules: { A: far, B: { network: "n" } }, aws_record: { A: {} } }), lacking);
    expect(json.resource).toEqual({ aws_rules: { B: { network: "n" } } });
    expect(leftOut).toEqual(["aws_rules.A", "aws_record.A"]);
  });
});

describe("lacking.json", () => {
  const { version, lacking } = lackingTable;

  it("was made with the moto that is pinned", () => {
    expect(readFileSync(join(motoFolder, "requirements.txt"), "utf8")).toMatch(new RegExp(`==${version}$`, "m"));
  });

  it("names types and arguments of AWS that this project uses, each once, and a reason", () => {
    const { resource_schemas } = committedSchema("registry.terraform.io/hashicorp/aws");
    const unknown = lacking.filter((entry) => {
      const block = resource_schemas[entry.type]?.block;
      return block === undefined || ("argument" in entry && !(entry.argument in { ...block.attributes, ...block.block_types }));
    });
    expect(unknown).toEqual([]);
    const names = lacking.map((entry) => ("argument" in entry ? `${entry.type}.${entry.argument}` : entry.type));
    expect(names).toEqual([...new Set(names)]);
    for (const { reason } of lacking) expect(reason).toMatch(/\.$/);
  });
});

describeWithMoto("what moto lacks", (python) => {
  const has = (calls: readonly string[]) =>
    execFileSync(python, ["-I", join(motoFolder, "has_calls.py"), ...calls], { encoding: "utf8" })
      .split("\n")
      .filter(Boolean);

  it("fails when moto has a call that is listed as lacking; take it out of lacking.json then", () => {
    expect(has(lackingTable.lacking.flatMap((entry) => ("call" in entry ? [entry.call] : [])))).toEqual([]);
    // The control: it does find calls.
    expect(has(["eks:CreateCluster", "eks:CreateAddon"])).toEqual(["eks:CreateCluster"]);
  });
});
