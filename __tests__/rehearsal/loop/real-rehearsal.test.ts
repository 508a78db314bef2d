import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Arguments, TerraformJson } from "../../../operations/terraform-json";
import { plainProgress } from "../../../operations/progress";
import { synthesizedStacks, type SynthesizedStack } from "../../../operations/stacks";
import { loadEnvironments } from "../../../environments/load";
import { rehearse, type RehearsalReport, type RehearseOptions } from "../../../rehearsal/loop/rehearse";
import { synthesizeChanged, synthesizeDev } from "../synthesize-dev";
import { describeWithRealProvider } from "../describe-with-real-provider";

jest.setTimeout(600_000); // dev takes 40 s on an idle machine, and some are four times as slow

const key = { description: "key", deletion_window_in_days: 7 };
const repository = { name: "images", force_delete: true };

describeWithRealProvider("a rehearsal with the real AWS provider", (provider) => {
  let said: string[];
  let kept: string | undefined;
  beforeEach(() => (said = []));
  afterEach(() => {
    if (kept !== undefined) rmSync(kept, { recursive: true });
    kept = undefined;
  });

  it("plans every stack of dev from an empty state, as the simulated provider does but for what is listed", async () => {
    const { stacks, failures, real } = await rehearsed({ synthesize: synthesizeDev });
    expect(failures).toEqual([]);
    const { name } = provider();
    expect(said.filter((line) => line.includes("real provider:"))).toEqual(
      stacks.map(({ stack }) => `${stack}: real provider: planned by ${name}`),
    );
    expect(real).toMatchObject({ provider: name, from: provider().from });
    expect(real).not.toHaveProperty("lackedByMoto");
  });

  it("fails when a value is wrong that only the provider knows, with the provider's words", async () => {
    const synthesize = synthesizeChanged("dev-state", (json) => withKeys(json, { deletion_window_in_days: 5 }));
    expect(await failureOf({ synthesize, only: ["state"] })).toMatch(
      / validate .*ended with 1 in \S+real\/stacks\/dev-state\n[^]*expected deletion_window_in_days to be in the range \(7 - 30\), got 5/,
    );
    expect(said).not.toContainEqual(expect.stringContaining("apply"));
  });

  it("fails when the plans know different values, and says what to do", async () => {
    // The provider leaves the network open, and the simulated one takes it that there is none.
    const aws_eks_cluster = {
      cluster: { name: "dev", role_arn: "arn:aws:iam::123456789012:role/a", vpc_config: [{ subnet_ids: ["subnet-1"] }] },
    };
    expect(await failureOf({ synthesize: stateWith({ aws_eks_cluster }) })).toMatch(
      /^dev-state: the real and the simulated plan know different values\naws_eks_cluster\.\S+ is known only after the apply in a plan of \S+ \S+, but at once in a simulated one; take it out of .*known-after-apply\.json with the reason/,
    );
  });

  it("fails when a difference is listed that is none any more", async () => {
    const dns_options = [{ dns_record_ip_type: "ipv4" }];
    const endpoint = { vpc_id: "vpc-1", service_name: "com.amazonaws.eu-central-1.s3", dns_options };
    expect(await failureOf({ synthesize: stateWith({ aws_vpc_endpoint: { endpoint } }) })).toMatch(
      /^rehearsal\/real-providers\/known-after-apply\.json: has entries that are no longer needed\naws_vpc_endpoint\.dns_options is listed .* remove it from/,
    );
  });

  it("fails when no stack uses the provider", async () => {
    const local = loadEnvironments({ names: ["local"], variables: {} });
    const failure = await failureOf({ synthesize: (outdir) => synthesizedStacks(local, outdir), only: ["cluster"] });
    expect(failure).toBe("--provider aws=real: no stack uses it; rehearse dev, staging or prod");
  });

  describe("that applies on moto", () => {
    const real = () => ({ apply: true, installed: provider() });

    it("applies, plans again and destroys what moto carries, without what it lacks", async () => {
      const synthesize = stateWith({
        aws_kms_key: { key: { ...key, lifecycle: { prevent_destroy: true } } },
        aws_ecr_repository: { images: repository },
        aws_eks_addon: { dns: { cluster_name: "dev", addon_name: "coredns" }, proxy: { cluster_name: "dev", addon_name: "kube-proxy" } },
        aws_eks_access_entry: { admin: { cluster_name: "dev", principal_arn: "arn:aws:iam::123456789012:role/admin" } },
      });
      const { failures, real: report } = await rehearsed({ synthesize, real: real(), keep: true });
      expect(failures).toEqual([]);
      expect(said).toContain("dev-state: left out, because moto lacks it: 2 aws_eks_addon, aws_eks_access_entry");
      expect(report?.lackedByMoto).toEqual(["aws_eks_access_entry", "aws_eks_addon"]);
      const log = readFileSync(join(String(kept), "moto/stacks/dev-state.log"), "utf8");
      expect(log).toMatch(/2 added, 0 changed, 0 destroyed[^]*No changes\.[^]*Destroy complete! Resources: 2 destroyed/);
    });

    it("fails when moto does not keep what is not listed", async () => {
      const logs = { name: "logs", log_group_class: "INFREQUENT_ACCESS" };
      expect(await failureOf({ synthesize: stateWith({ aws_cloudwatch_log_group: { logs } }), real: real() })).toMatch(
        /^dev-state: planned again on moto, and something would change; .*lacking\.json\n[^]*\+ log_group_class +=/,
      );
    });

    it("fails when moto does not carry what is not listed", async () => {
      const attachment = { role: "nobody", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
      expect(await failureOf({ synthesize: stateWith({ aws_iam_role_policy_attachment: { attachment } }), real: real() })).toMatch(
        /^dev-state: did not come through on moto \S+; .*lacking\.json\n[^]*IAM Role \(nobody\)[^]*NoSuchEntity/,
      );
    });
  });

  async function failureOf(options: Parameters<typeof rehearsed>[0]): Promise<string> {
    const { failures } = await rehearsed(options);
    expect(failures).toHaveLength(1);
    return String(failures[0]?.message);
  }

  async function rehearsed(options: Pick<RehearseOptions, "synthesize"> & Partial<RehearseOptions>): Promise<RehearsalReport> {
    const progress = plainProgress((line) => said.push(line));
    const report = await rehearse({ progress, real: { apply: false, installed: provider() }, ...options });
    ({ kept } = report);
    return report;
  }
});

/** Writes dev's state stack with these resources, and no others. */
function stateWith(resource: NonNullable<TerraformJson["resource"]>): (outdir: string) => readonly SynthesizedStack[] {
  const synthesize = synthesizeChanged("dev-state", (json) => ({ ...json, resource, output: { nothing: { value: 0 } } }));
  const resources = Object.values(resource).reduce((count, named) => count + Object.keys(named).length, 0);
  return (outdir) =>
    synthesize(outdir)
      .filter(({ layer }) => layer === "state")
      .map((stack) => ({ ...stack, resources }));
}

function withKeys(json: TerraformJson, values: Arguments): TerraformJson {
  const keys = Object.entries(json.resource?.aws_kms_key ?? {}).map(([name, before]) => [name, { ...before, ...values }]);
  return { ...json, resource: { ...json.resource, aws_kms_key: Object.fromEntries(keys) } };
}
