import { environments } from "../../environments/index";
import type { Arguments } from "../../operations/terraform-json";
import type { SynthesizedStack } from "../synthesized";
import { synthesizedEnvironments } from "./synthesized-environments";

const synthesized = synthesizedEnvironments();

/** An environment's stacks as they were synthesized. */
interface Stacks {
  readonly state: SynthesizedStack;
  readonly cluster: SynthesizedStack;
  readonly platform: SynthesizedStack;
}

/** How safe an environment is in one respect, read from the Terraform that ships: more is safer. */
const measures: Readonly<Record<string, (stacks: Stacks) => number>> = {
  "state bucket and key are protected": ({ state }) =>
    count(state, "aws_s3_bucket", isProtected) + count(state, "aws_kms_key", isProtected),
  "replaced states are kept, days": ({ state }) => lifecycleDays(state),
  "statements that refuse requests for states": ({ state }) =>
    sum(state.all("aws_s3_bucket_policy").map(({ policy }) => String(policy).split('"Deny"').length - 1)),
  "buckets closed to the public": ({ state }) =>
    count(state, "aws_s3_bucket_public_access_block", ({ restrict_public_buckets }) => restrict_public_buckets === true),
  "flow logs are kept, days": ({ cluster }) => Number(cluster.one("aws_cloudwatch_log_group", "Network_").retention_in_days),
  "control plane logs are kept, days": ({ cluster }) => Number(cluster.one("aws_cloudwatch_log_group", "Cluster_").retention_in_days),
  "kinds of control plane logs": ({ cluster }) => (control(cluster).enabled_cluster_log_types as readonly string[]).length,
  "log groups under own keys": ({ cluster }) => count(cluster, "aws_cloudwatch_log_group", ({ kms_key_id }) => kms_key_id !== undefined),
  "the API server is private": ({ cluster }) => yes((control(cluster).vpc_config as Arguments).endpoint_public_access === false),
  "secrets are encrypted under an own key": ({ cluster }) => yes(control(cluster).encryption_config !== undefined),
  "access by entries only": ({ cluster }) => yes((control(cluster).access_config as Arguments).authentication_mode === "API"),
  "the cluster is protected by EKS": ({ cluster }) => yes(control(cluster).deletion_protection === true),
  "the cluster is protected by Terraform": ({ cluster }) => yes(isProtected(control(cluster))),
  "keys of the cluster layer are protected": ({ cluster }) => yes(cluster.all("aws_kms_key").every(isProtected)),
  zones: ({ cluster }) => new Set(cluster.all("aws_subnet").map(({ availability_zone }) => availability_zone)).size,
  "NAT gateways": ({ cluster }) => cluster.all("aws_nat_gateway").length,
  "zones with endpoints": ({ cluster }) =>
    (cluster.one("aws_vpc_endpoint", "Network_Endpoints_Sts_").subnet_ids as readonly string[]).length,
  "fewest nodes for general work": ({ cluster }) => Number((general(cluster).scaling_config as Arguments).min_size),
  "general work is on demand": ({ cluster }) => yes(general(cluster).capacity_type === "ON_DEMAND"),
  "placements on nodes of their own": ({ cluster }) => cluster.all("aws_eks_node_group").length,
  "templates with IMDSv2 at one hop": ({ cluster }) =>
    yes(
      cluster
        .all("aws_launch_template")
        .every(({ metadata_options }) =>
          JSON.stringify(metadata_options).includes('"http_put_response_hop_limit":1,"http_tokens":"required"'),
        ),
    ),
  "NetworkPolicies count": ({ cluster }) =>
    count(cluster, "aws_eks_addon", ({ configuration_values }) => String(configuration_values).includes('"enableNetworkPolicy":"true"')),
  "images are immutable": ({ platform }) =>
    yes(platform.all("aws_ecr_repository").every(({ image_tag_mutability }) => image_tag_mutability === "IMMUTABLE")),
  "images are protected": ({ platform }) => yes(platform.all("aws_ecr_repository").every(isProtected)),
  "images survive the removal of their repository": ({ platform }) =>
    yes(platform.all("aws_ecr_repository").every(({ force_delete }) => force_delete === false)),
  "images that are kept": ({ platform }) =>
    Math.max(
      ...platform
        .all("aws_ecr_lifecycle_policy")
        .map(({ policy }) => Number(/imageCountMoreThan","countNumber":(\d+)/.exec(String(policy))?.[1])),
    ),
  "keys are rotated": ({ state, cluster, platform }) =>
    yes(
      [state, cluster, platform].every((stack) =>
        stack.all("aws_kms_key").every(({ enable_key_rotation }) => enable_key_rotation === true),
      ),
    ),
};

describe("prod is at least as safe as staging, and staging as dev", () => {
  const dev = stacksOf("dev");
  const staging = stacksOf("staging");
  const prod = stacksOf("prod");

  it.each(Object.entries(measures))("%s", (_, measure) => {
    const [inDev, inStaging, inProd] = [measure(dev), measure(staging), measure(prod)];
    expect([inDev, inStaging, inProd].filter((value) => !Number.isFinite(value))).toEqual([]);
    expect(inProd).toBeGreaterThanOrEqual(inStaging);
    expect(inStaging).toBeGreaterThanOrEqual(inDev);
    expect(inProd).toBeGreaterThan(0);
  });

  it.each(["backupRetentionDays", "deletionProtection", "highlyAvailable", "monitoring"] as const)("configured %s", (field) => {
    const [inDev, inStaging, inProd] = [environments.dev, environments.staging, environments.prod].map((environment) =>
      Number(environment[field]),
    );
    expect(inProd).toBeGreaterThanOrEqual(inStaging ?? NaN);
    expect(inStaging).toBeGreaterThanOrEqual(inDev ?? NaN);
  });

  it("fails when production is less safe than what comes before it", () => {
    const weaker = Object.entries(measures).flatMap(([name, measure]) => (measure(dev) < measure(prod) ? [name] : []));
    // With dev in production's place most measures would fail: they tell environments apart.
    expect(weaker).toEqual(expect.arrayContaining(["the API server is private", "NAT gateways", "images are protected"]));
    expect(weaker.length).toBeGreaterThanOrEqual(12);
  });
});

function stacksOf(environment: string): Stacks {
  return {
    state: synthesized.stack(`${environment}-state`),
    cluster: synthesized.stack(`${environment}-cluster`),
    platform: synthesized.stack(`${environment}-platform`),
  };
}

function control(cluster: SynthesizedStack): Arguments {
  return cluster.one("aws_eks_cluster");
}

function general(cluster: SynthesizedStack): Arguments {
  return cluster.one("aws_eks_node_group", "Cluster_NodeGroups_Group-general_");
}

function lifecycleDays(state: SynthesizedStack): number {
  return Math.max(
    ...state
      .all("aws_s3_bucket_lifecycle_configuration")
      .map((values) => Number(/"noncurrent_days":(\d+)/.exec(JSON.stringify(values))?.[1])),
  );
}

function isProtected({ lifecycle }: Arguments): boolean {
  return (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === true;
}

function count(stack: SynthesizedStack, type: string, is: (values: Arguments) => boolean): number {
  return stack.all(type).filter(is).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function yes(is: boolean): number {
  return is ? 1 : 0;
}
