import { everyRule } from "../../compliance/rules/every-rule";
import { weakerThan } from "../../compliance/rules/no-weaker";
import { restrictedPods } from "../../compliance/rules/restricted-pods";
import { resourcesOf } from "../../compliance/rules/rule";
import type { Stacks } from "../../compliance/checkov-report";
import { synthesizedVariants } from "../every-variant";
import { changed, mutations, type Values } from "./mutations";

const variants = synthesizedVariants().map(({ name, stacks }) => ({
  name,
  stacks: Object.fromEntries(Object.entries(stacks).map(([stack, { json }]) => [stack, json])),
}));
const [dev, staging, prod] = [stacksOf("dev"), stacksOf("staging"), stacksOf("prod")];

it.each(Object.values(everyRule))("$demands, in every variant", ({ problems }) => {
  expect(variants.flatMap(({ name, stacks }) => problems(stacks).map((problem) => `${name}: ${problem}`))).toEqual([]);
});

it("has something to look at for every rule", () => {
  const types = new Set(variants.flatMap(({ stacks }) => resourcesOf(stacks)).map(({ type }) => type));
  for (const type of ["deployment", "stateful_set", "daemon_set", "job", "cron_job"]) expect(types).toContain(`kubernetes_${type}_v1`);
  for (const type of ["aws_elasticache_replication_group", "aws_iam_role", "aws_s3_bucket", "helm_release"]) expect(types).toContain(type);
  expect(JSON.stringify(stacksOf("dev with IRSA"))).toContain("sts:AssumeRoleWithWebIdentity");
});

describe("fails when", () => {
  it.each(mutations)("%s", (_, rule, variant, type, change, said) => {
    const stacks = stacksOf(variant);
    const before = rule.problems(stacks);
    const after = rule.problems(changed(stacks, type, change)).filter((problem) => !before.includes(problem));
    expect(after).toContainEqual(expect.stringContaining(said));
  });

  it.each(["deployment", "stateful_set", "daemon_set", "job", "cron_job", "pod"])(
    "a pod of a %s has rights that it does not need",
    (kind) => {
      const loose = { container: [{ name: "loose", image: "x:latest", security_context: { privileged: true } }], host_network: true };
      const template = {
        spec:
          kind === "pod"
            ? loose
            : kind === "cron_job"
              ? { job_template: { spec: { template: { spec: loose } } } }
              : { template: { spec: loose } },
      };
      const stacks = {
        "prod-apps": { terraform: { backend: {}, required_providers: {} }, resource: { [`kubernetes_${kind}_v1`]: { Loose: template } } },
      };
      expect(restrictedPods.problems(stacks)).toEqual(
        expect.arrayContaining([`prod-apps: kubernetes_${kind}_v1.Loose: container loose: privileged is true, must be false`]),
      );
    },
  );
});

describe("what is built later", () => {
  it("is as safe in prod as in staging, and there as in dev", () => {
    expect([...weakerThan(dev, staging), ...weakerThan(staging, prod)]).toEqual([]);
  });

  it.each<readonly [string, string, (values: Values) => void, string]>([
    [
      "backups are kept for a shorter time",
      "aws_db_instance",
      (v) => (v.backup_retention_period = 6),
      "backup_retention_period is 6, must be as safe as 7 in staging",
    ],
    [
      "a protection is left out",
      "aws_db_instance",
      (v) => delete v.deletion_protection,
      "deletion_protection is undefined, must be as safe as true",
    ],
    [
      "a protection within a block is off",
      "aws_kms_key",
      (v) => (v.lifecycle = { prevent_destroy: false }),
      "lifecycle.prevent_destroy is false",
    ],
    [
      "something is public",
      "aws_db_instance",
      (v) => (v.publicly_accessible = true),
      "publicly_accessible is true, must be as safe as false",
    ],
    ["logs are kept for a shorter time", "aws_cloudwatch_log_group", (v) => (v.retention_in_days = 1), "retention_in_days is 1"],
  ])("fails when %s", (_, type, change, said) => {
    expect(weakerThan(staging, changed(prod, type, change)).join("\n")).toContain(said);
  });

  it("bears logs that are kept forever, and secrets that can be had back for the usual time", () => {
    expect(
      weakerThan(
        staging,
        changed(prod, "aws_cloudwatch_log_group", (v) => delete v.retention_in_days),
      ),
    ).toEqual([]);
    expect(
      weakerThan(
        staging,
        changed(prod, "aws_kms_key", (v) => delete v.deletion_window_in_days),
      ),
    ).toEqual([]);
  });

  it.each(["aws_s3_bucket_policy", "aws_flow_log", "kubernetes_network_policy_v1"])(
    "fails when prod lacks an %s that staging has",
    (type) => {
      const [stack, json] = stackWith(prod, type);
      const without = { ...prod, [stack]: { ...json, resource: { ...json.resource, [type]: {} } } };
      expect(weakerThan(staging, without)).toContainEqual(expect.stringContaining("has no counterpart above"));
    },
  );

  it("tells environments apart: with dev in production's place much would be weaker", () => {
    expect(weakerThan(staging, dev).length).toBeGreaterThan(20);
  });
});

function stacksOf(name: string): Stacks {
  const found = variants.find((variant) => variant.name === name);
  if (!found) throw new Error(`no variant ${name}`);
  return found.stacks;
}

function stackWith(stacks: Stacks, type: string): readonly [string, Stacks[string] & object] {
  const found = Object.entries(stacks).find(([, { resource }]) => resource?.[type] !== undefined);
  if (!found) throw new Error(`no ${type}`);
  return found;
}
