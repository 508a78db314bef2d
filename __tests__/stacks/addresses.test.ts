import { Eip } from "@cdktf/provider-aws/lib/eip";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { catalogFor } from "../../constructs/catalog";
import { environmentNames } from "../../environments/environment";
import { environments } from "../../environments/index";
import { addressFile, addressLines } from "../../operations/addresses";
import { statefulTypes } from "../../operations/stateful-types";
import { LayerStack } from "../../stacks/layer-stack";
import { synthesizedApp, synthesizedEnvironments, type SynthesizedEnvironments } from "./synthesized-environments";

/** What is wrong with the addresses of an environment, told for each; empty when nothing is. */
function problemsOf(committed: readonly string[], actual: readonly string[], moved: readonly string[] = []): readonly string[] {
  const vanished = committed.filter((address) => !actual.includes(address));
  const appeared = actual.filter((address) => !committed.includes(address));
  return [
    ...vanished.map((address) =>
      isStateful(address) && !moved.includes(address)
        ? `${address} vanished: Terraform would destroy what is behind it. If it was renamed, keep it with moveTo or moveFromId; ` +
          "if it is really to go, say so in the review and then run `npm run addresses`"
        : `${address} vanished: run \`npm run addresses\``,
    ),
    ...appeared.map((address) => `${address} is new: run \`npm run addresses\``),
  ];
}

function isStateful(address: string): boolean {
  const type = /: (\w+)\./.exec(address)?.[1] ?? "";
  return type in statefulTypes;
}

/** Addresses of an environment, and those that a `moved` block gives a new one. */
function synthesizedAddresses({ stacks }: SynthesizedEnvironments, environment: string) {
  const own = Object.entries(stacks).filter(([name]) => name.startsWith(`${environment}-`));
  return {
    actual: own.flatMap(([name, { json }]) => addressLines(name, json)).sort(),
    moved: own.flatMap(([name, { json }]) => (json.moved ?? []).map(({ from }) => `${name}: ${from}`)),
  };
}

function committedAddresses(environment: string): readonly string[] {
  const file = resolve(__dirname, "../..", addressFile(environment));
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
}

describe("addresses", () => {
  const synthesized = synthesizedEnvironments();

  it.each(environmentNames)("of %s are the committed ones", (environment) => {
    const { actual, moved } = synthesizedAddresses(synthesized, environment);
    expect(problemsOf(committedAddresses(environment), actual, moved)).toEqual([]);
  });

  it.each(environmentNames)("of %s are sorted, each once", (environment) => {
    const committed = committedAddresses(environment);
    expect(committed).toEqual([...new Set(committed)].sort());
  });

  it.each([
    ["dev", "aws_s3_bucket"],
    ["staging", "aws_ecr_repository"],
    ["prod", "aws_backup_vault"],
    ["prod", "aws_db_instance"],
    ["prod", "aws_eks_cluster"],
    ["prod", "aws_elasticache_replication_group"],
    ["prod", "aws_kms_key"],
    ["prod", "aws_secretsmanager_secret"],
    ["prod", "helm_release"],
    ["local", "kubernetes_stateful_set_v1"],
    ["local", "kind_cluster"],
    ["local", "random_bytes"],
  ])("fails when in %s the address of an %s vanishes", (environment, type) => {
    const committed = committedAddresses(environment);
    const lost = committed.find((address) => address.includes(`: ${type}.`)) ?? "";
    const problems = problemsOf(
      committed,
      committed.filter((address) => address !== lost),
    );
    expect(lost).not.toBe("");
    expect(problems).toEqual([expect.stringMatching(/ vanished: Terraform would destroy what is behind it\. .*moveTo/)]);
    expect(problems[0]).toContain(lost);
  });

  it("fails when anything else changes, with the command that accepts it", () => {
    const policy = "dev-state: aws_s3_bucket_policy.StateStore_Policy_1";
    expect(problemsOf([policy], [])).toEqual([`${policy} vanished: run \`npm run addresses\``]);
    expect(problemsOf([], [policy])).toEqual([`${policy} is new: run \`npm run addresses\``]);
  });

  it("accepts a move of what is stateful", () => {
    const { dev } = environments;
    const app = synthesizedApp((scope) => {
      const stack = new BareStack(scope, "cluster", { environment: dev, catalog: catalogFor(dev) });
      new Eip(stack, "New").moveFromId("aws_eip.Old");
    });
    const { actual, moved } = synthesizedAddresses(app, "dev");
    expect(problemsOf(["dev-cluster: aws_eip.Old"], actual, moved)).toEqual([
      "dev-cluster: aws_eip.Old vanished: run `npm run addresses`",
      "dev-cluster: aws_eip.New is new: run `npm run addresses`",
    ]);
  });

  it("have a type in the list only while something of that type is there", () => {
    const types = environmentNames.flatMap(committedAddresses).map((address) => /: (\w+)\./.exec(address)?.[1]);
    expect(Object.keys(statefulTypes).filter((type) => !types.includes(type))).toEqual([]);
  });
});

/** A layer with nothing in it. */
class BareStack extends LayerStack {}
