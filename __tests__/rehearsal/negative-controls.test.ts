import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Arguments } from "../../operations/terraform-json";
import { rehearse, type RehearsalReport, type RehearseOptions } from "../../rehearsal/loop/rehearse";
import { storedResources } from "../../rehearsal/loop/stored-resources";
import type { Fault } from "../../rehearsal/simulation/faults";
import { surroundProcess } from "../surround-process";
import { describeRehearsal } from "./describe-rehearsal";
import { synthesizeChanged, synthesizeDev, synthesizeOnly } from "./synthesize-dev";

jest.setTimeout(120_000); // a rehearsal of two layers takes 5 s on an idle machine

/** What would lead the engine astray. */
const ofDeveloper = { AWS_PROFILE: "none", KUBECONFIG: "/none", TF_WORKSPACE: "other", TF_DATA_DIR: "/none", TF_CLI_ARGS_plan: "-destroy" };

const nodeGroup = (lifecycle: Arguments) => ({
  cluster_name: "dev",
  node_role_arn: "arn:aws:iam::123456789012:role/nodes",
  subnet_ids: ["subnet-1"],
  scaling_config: [{ desired_size: 1, min_size: 1, max_size: 3 }],
  lifecycle,
});
const cluster = (lifecycle: Arguments) => ({
  name: "dev",
  role_arn: "arn:aws:iam::123456789012:role/cluster",
  vpc_config: [{ subnet_ids: ["subnet-1"] }],
  deletion_protection: true,
  lifecycle,
});

describeRehearsal("a rehearsal", () => {
  let said: string[];
  beforeEach(() => (said = []));

  describe("of what is right", () => {
    it("comes through, from the first stack to the last, whatever the developer's shell says", async () => {
      const restore = surroundProcess(ofDeveloper);
      // Two are enough to see one after the other; all of them would take five times as long.
      const first = ["state", "cluster"];
      const synthesize = (outdir: string) => synthesizeDev(outdir).filter(({ layer }) => first.includes(layer));
      const { stacks, failures } = await rehearsed({ synthesize }).finally(restore);
      expect(failures).toEqual([]);
      const steps = ["init", "validate", "apply", "plan again", "drift", "canaries", "destroy"];
      expect(stacks.map(({ stack, seconds, destroyed }) => [stack, Object.keys(seconds), destroyed])).toEqual([
        ["dev-state", steps, true],
        ["dev-cluster", steps, true],
      ]);
    });

    it("is done by the engine, in these steps, and leaves its output and the state on demand", async () => {
      const { kept = "" } = await rehearsed({ synthesize: synthesizeDev, only: ["state"], keep: true });
      const log = readFileSync(join(kept, "cdktf.out/stacks/dev-state.log"), "utf8");
      const state = readFileSync(join(kept, "cdktf.out/stacks/dev-state.tfstate"), "utf8");
      rmSync(kept, { recursive: true });
      // Drift begins at the state of what was applied, and plans; the last state is the proof that nothing is left.
      const drift = ["state", "plan", "show"];
      const ran = [...log.matchAll(/^# (\w+)$/gm)].map(([, command]) => command);
      expect(ran).toEqual(["init", "validate", "plan", "apply", "state", "plan", ...drift, "destroy", "destroy", "state"]);
      const [, first = "", second = ""] = log.split("\n# destroy\n");
      expect(first).toContain("Error: Instance cannot be destroyed");
      expect(second).toContain("Destroy complete! Resources: 17 destroyed.");
      expect(storedResources(state)).toHaveLength(17);
    });

    it("leaves alone what the platform scales, and destroys what is protected in two steps", async () => {
      const { failures } = await rehearsed({
        synthesize: synthesizeOnly({
          aws_eks_node_group: { nodes: nodeGroup({ ignore_changes: ["scaling_config[0].desired_size"] }) },
          aws_eks_cluster: { cluster: cluster({ prevent_destroy: true }) },
        }),
      });
      expect(failures).toEqual([]);
      expect(said).toContainEqual(expect.stringMatching(/^dev-state: destroy: refused, then done without its protection/));
    });
  });

  describe("turns red", () => {
    it("fails when a provider keeps policies in its own spelling", async () => {
      const failure = await failureOf({ faults: { "dev-state": { kind: "normalizes-json" } } });
      expect(failure).toMatch(/^dev-state: planned again right after the apply, and something would change\n/);
      expect(failure).toMatch(
        /# aws_s3_bucket_policy\.\S+ will be updated in-place[^]*~ policy +=[^]*Plan: 0 to add, \d+ to change, 0 to destroy/,
      );
    });

    it("fails when a read changes", async () => {
      const changing: Fault = { kind: "changing-read", type: "aws_kms_key", attribute: "description" };
      const failure = await failureOf({ faults: { "dev-state": changing } });
      expect(failure).toMatch(/^dev-state: planned again right after the apply, and something would change\n/);
      expect(failure).toMatch(
        /# aws_kms_key\.\S+ will be updated in-place[^]*~ description +=[^]*Plan: 0 to add, 1 to change, 0 to destroy/,
      );
    });

    it("fails when a synthesis is not like the one before, before anything is applied", async () => {
      let syntheses = 0;
      const synthesize = (outdir: string) =>
        synthesizeChanged("dev-platform", (json) => ({ ...json, output: { ...json.output, count: { value: syntheses++ } } }))(outdir);
      await expect(rehearsed({ synthesize })).rejects.toThrow(/^dev-platform: two syntheses of the same code differ/);
      expect(said.filter((line) => line.includes("apply"))).toEqual([]);
    });

    it("fails when a stack reads what the stack before does not put out", async () => {
      const value = "${data.terraform_remote_state.cross-stack-reference-input-dev-cluster.outputs.nothing}";
      const changed = synthesizeChanged("dev-platform", (json) => ({ ...json, output: { ...json.output, nothing: { value } } }));
      const synthesize = (outdir: string) => changed(outdir).filter(({ layer }) => layer !== "state"); // nothing reads it
      const failure = await failureOf({ synthesize, only: ["platform"] });
      expect(failure).toMatch(/ plan .*ended with 1 in \S+dev-platform\n/);
      // The engine's own error, whole: what, where, why.
      expect(failure).toMatch(/Error: Unsupported attribute\n\n +on cdk\.tf\.json line \d+, in output\.nothing:\n/);
      expect(failure).toMatch(/outputs is object with \d+ attributes\n\nThis object does not have an attribute named "nothing"\.$/);
    });

    it("fails when not every resource is in the state after the apply", async () => {
      const synthesize = (outdir: string) =>
        synthesizeOnly({ aws_kms_key: { key: {} } })(outdir).map((stack) => ({ ...stack, resources: stack.resources + 1 }));
      expect(await failureOf({ synthesize })).toBe("dev-state: 1 resources are in the state after the apply, must be 2");
    });

    it("fails when lifting the protection would change something else", async () => {
      const key = { tags: { protected: "${aws_eks_cluster.cluster.deletion_protection}" } };
      const resource = { aws_eks_cluster: { cluster: cluster({ prevent_destroy: true }) }, aws_kms_key: { key } };
      expect(await failureOf({ synthesize: synthesizeOnly(resource) })).toBe(
        "dev-state: lifting the protection of aws_eks_cluster.cluster would do more to aws_kms_key.key; an argument must not depend on a protection",
      );
    });

    it("fails when the cloud protects what the engine would destroy", async () => {
      const synthesize = synthesizeOnly({ aws_eks_cluster: { cluster: cluster({ prevent_destroy: false }) } });
      expect(await failureOf({ synthesize })).toBe(
        "dev-state: the cloud keeps aws_eks_cluster.cluster, but the engine would destroy all around it; set preventDestroy",
      );
    });

    it("fails when a plan wants back what the platform has scaled", async () => {
      const failure = await failureOf({ synthesize: synthesizeOnly({ aws_eks_node_group: { nodes: nodeGroup({}) } }) });
      expect(failure).toMatch(
        /^dev-state: planned again after the platform has changed aws_eks_node_group\.nodes, and something would change\n/,
      );
      expect(failure).toMatch(/~ desired_size +=/);
    });

    it("fails when a plan does not see what a person has changed", async () => {
      const blind = { description: "blind", lifecycle: { ignore_changes: ["tags", "tags_all"] } };
      // The engine tells that the blind one has changed outside, because another depends on it; that is no plan to mend it.
      const seeing = { description: "${jsonencode(aws_kms_key.blind.tags)}" };
      expect(await failureOf({ synthesize: synthesizeOnly({ aws_kms_key: { blind, seeing } }) })).toBe(
        "dev-state: somebody has changed aws_kms_key.blind, and a plan changes aws_kms_key.seeing; what does ignore_changes hide?",
      );
    });

    it("fails when something writes to the copy of what ships", async () => {
      let folder = "";
      const synthesize = (outdir: string) => {
        folder = join(dirname(outdir), "cdktf.out/stacks/dev-state");
        return synthesizeOnly({ aws_kms_key: { key: {} } })(outdir);
      };
      const failure = await failureOf({ synthesize }, (line) => {
        if (line.startsWith("dev-state: apply")) appendFileSync(join(folder, "cdk.tf.json"), "\n");
      });
      expect(failure).toMatch(/^dev-state: what was rehearsed has the SHA-256 [0-9a-f]{64}, what ships [0-9a-f]{64};/);
      expect(failure).toContain(folder);
    });

    it("fails when something exists after the destroy that no state knows", async () => {
      const synthesize = synthesizeOnly({ aws_kms_key: { key: {} } });
      const failure = await failureOf({ synthesize, faults: { "dev-state": { kind: "outlives-destroy", type: "aws_kms_key" } } });
      expect(failure).toBe("dev-state: aws_kms_key still exists after the destroy, and no state knows it");
    });
  });

  async function failureOf(options: Partial<RehearseOptions>, onLine?: (line: string) => void): Promise<string> {
    const { failures } = await rehearsed({ synthesize: synthesizeDev, only: ["state"], ...options }, onLine);
    expect(failures).toHaveLength(1);
    return String(failures[0]?.message);
  }

  function rehearsed(
    options: Omit<RehearseOptions, "progress">,
    onLine: (line: string) => void = () => undefined,
  ): Promise<RehearsalReport> {
    const say = (line: string) => {
      said.push(line);
      onLine(line);
    };
    return rehearse({ ...options, progress: { step: (_, work) => work(), say } });
  }
});
