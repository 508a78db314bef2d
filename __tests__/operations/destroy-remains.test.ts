import { ClusterRemains } from "../../operations/destroy-remains";
import { plainProgress } from "../../operations/progress";
import type { CommandRunner } from "../../operations/run-command";
import { answered, refused, runner } from "./checks/fake-runner";

const progress = plainProgress(() => undefined);
const cluster = { cluster: "ml-platform-dev", region: "eu-central-1", progress, pauseSeconds: 0 };
const json = (value: unknown) => answered(JSON.stringify(value));

/** What AWS answers where nothing of the cluster is left. */
const nothing = {
  "aws resourcegroupstaggingapi": json([]),
  "aws ec2 describe-instances": json([{ id: "i-managed", tags: ["eks:nodegroup-name"] }]),
  "aws ec2 describe-network-interfaces": json([{ id: "eni-managed", on: "i-managed" }]),
  "aws ec2 describe-volumes": json([]),
};

describe("what a cluster leaves in the account", () => {
  it("is nothing but what goes with its own node groups", async () => {
    expect(await new ClusterRemains({ ...cluster, run: runner(nothing) }).list()).toEqual([]);
  });

  it("is each load balancer, node, network interface and volume, named once", async () => {
    const left = {
      "aws resourcegroupstaggingapi": json(["arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/one"]),
      "aws ec2 describe-instances": json([
        { id: "i-managed", tags: ["eks:nodegroup-name"] },
        { id: "i-karpenter", tags: null },
      ]),
      "aws ec2 describe-network-interfaces": json([
        { id: "eni-1", on: null },
        { id: "eni-2", on: "i-karpenter" },
        { id: "eni-3", on: "i-managed" },
      ]),
      "aws ec2 describe-volumes": json([{ id: "vol-1", on: "i-managed" }]),
    };
    expect(await new ClusterRemains({ ...cluster, run: runner(left) }).list()).toEqual([
      "load balancer arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/one",
      "instance i-karpenter",
      "network interface eni-1",
      "network interface eni-2",
      "volume vol-1",
    ]);
  });

  it("is looked for by the tags of this cluster, in its region", async () => {
    const lines: string[] = [];
    const run: CommandRunner = (command, args) => {
      lines.push([command, ...args].join(" "));
      return runner(nothing)(command, args);
    };
    await new ClusterRemains({ ...cluster, run }).list();
    expect(lines.filter((line) => !line.includes("ml-platform-dev") || !line.includes("--region eu-central-1"))).toEqual([]);
    expect(lines).toHaveLength(6);
  });

  it("is waited for, and told when it does not go", async () => {
    let looks = 0;
    const going: CommandRunner = (command, args) => {
      if (!args.includes("describe-volumes")) return runner(nothing)(command, args);
      looks += 1;
      return Promise.resolve(json(looks < 3 ? [{ id: "vol-1" }] : []));
    };
    expect(await new ClusterRemains({ ...cluster, run: going }).vanish()).toEqual([]);
    expect(looks).toBe(3);

    const staying = { ...nothing, "aws ec2 describe-volumes": json([{ id: "vol-2" }]) };
    expect(await new ClusterRemains({ ...cluster, run: runner(staying), looks: 2 }).vanish()).toEqual(["volume vol-2"]);
  });

  it("fails when AWS does not say", async () => {
    const forbidden = { ...nothing, "aws ec2 describe-volumes": refused("An error occurred (UnauthorizedOperation)") };
    await expect(new ClusterRemains({ ...cluster, run: runner(forbidden) }).vanish()).rejects.toThrow(
      "aws ec2 describe-volumes failed: An error occurred (UnauthorizedOperation). Nothing of the cluster's own layer was destroyed.",
    );
  });
});
