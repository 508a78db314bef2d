import { chartReleases } from "../../compliance/rules/chart-releases";
import { encryptedRequests } from "../../compliance/rules/encrypted-requests";
import { literalPolicies } from "../../compliance/rules/literal-policies";
import { literalSecrets } from "../../compliance/rules/literal-secrets";
import { replicatedCaches } from "../../compliance/rules/replicated-caches";
import { restrictedPods } from "../../compliance/rules/restricted-pods";
import type { Rule } from "../../compliance/rules/rule";
import { workloadTrust } from "../../compliance/rules/workload-trust";
import type { Stacks } from "../../compliance/checkov-report";

/** Arguments of a resource, to be changed. */
export type Values = Record<string, unknown>;

/** A change of every resource of a type in a variant, and a part of what its rule says then. */
export type Mutation = readonly [what: string, rule: Rule, variant: string, type: string, change: (values: Values) => void, said: string];

const trust = (from: RegExp, to: string) => (values: Values) => {
  values.assume_role_policy = String(values.assume_role_policy).replace(from, to);
};
/** Terraform as somebody could write it by mistake. */
export const mutations: readonly Mutation[] = [
  [
    "a policy is put together by Terraform",
    literalPolicies,
    "prod",
    "aws_s3_bucket_policy",
    (v) => (v.policy = "${jsonencode({})}"),
    "policy is",
  ],
  [
    "a policy is a reference",
    literalPolicies,
    "prod",
    "aws_iam_role",
    (v) => (v.assume_role_policy = "${data.x.y.json}"),
    "assume_role_policy is",
  ],

  ["a pod runs as root", restrictedPods, "prod", "kubernetes_deployment_v1", (v) => (pod(v).security_context = {}), "run_as_non_root"],
  ["a pod is on the host's network", restrictedPods, "prod", "kubernetes_job_v1", (v) => (pod(v).host_network = true), "host_network"],
  [
    "a pod mounts the host",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (pod(v).volume = [{ name: "x", host_path: {} }]),
    "x is host_path",
  ],
  ["a container is privileged", restrictedPods, "prod", "kubernetes_job_v1", (v) => (context(v).privileged = true), "privileged is true"],
  ["a container is root by number", restrictedPods, "prod", "kubernetes_job_v1", (v) => (context(v).run_as_user = "0"), "run_as_user is 0"],
  [
    "a container may gain rights",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => delete context(v).allow_privilege_escalation,
    "escalation",
  ],
  [
    "a container writes to its image",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => delete context(v).read_only_root_filesystem,
    "read_only",
  ],
  [
    "a container keeps capabilities",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (context(v).capabilities = { drop: ["RAW"] }),
    "drop ALL",
  ],
  [
    "a container adds one",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (block(context(v).capabilities).add = ["SYS_ADMIN"]),
    "are added",
  ],
  [
    "a container has no seccomp profile",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => delete block(pod(v).security_context).seccomp_profile,
    "seccomp",
  ],
  [
    "a container takes a port of the host",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (container(v).port = [{ host_port: 80 }]),
    "host_port",
  ],
  [
    "an image has no version",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (container(v).image = "registry:5000/server"),
    "image is",
  ],
  [
    "an image is the latest",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (container(v).image = "registry/server:latest"),
    "image is",
  ],
  [
    "a container says not what it needs",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (container(v).resources = {}),
    "requests do not say",
  ],
  [
    "memory is not limited",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => delete block(container(v).resources).limits,
    "limits do not say",
  ],
  [
    "an init container is privileged",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (pod(v).init_container = [{ ...container(v), security_context: {} }]),
    "drop ALL",
  ],
  [
    "the second container is privileged",
    restrictedPods,
    "prod",
    "kubernetes_job_v1",
    (v) => (pod(v).container = [container(v), { ...container(v), security_context: {} }]),
    "drop ALL",
  ],

  ["a chart has a range of versions", chartReleases, "prod", "helm_release", (v) => (v.version = "~> 1.2"), "version is ~> 1.2"],
  [
    "a chart comes by plain HTTP",
    chartReleases,
    "prod",
    "helm_release",
    (v) => (v.repository = "http://charts.example.com"),
    "repository is",
  ],
  [
    "a value is set beside the document",
    chartReleases,
    "prod",
    "helm_release",
    (v) => (v.set_sensitive = [{ name: "a", value: "b" }]),
    "set_sensitive",
  ],
  [
    "values hold a password",
    chartReleases,
    "prod",
    "helm_release",
    (v) => (v.values = ["admin:\n  adminPassword: hunter2"]),
    "adminPassword is a literal",
  ],
  [
    "values hold a Secret",
    chartReleases,
    "prod",
    "helm_release",
    (v) => (v.values = ["manifests: [{ kind: Secret, metadata: { name: leak }, data: { a: Yg== } }]"]),
    "Secret leak",
  ],

  ["a password is written down", literalSecrets, "prod", "aws_db_instance", (v) => (v.password = "hunter2"), "password is a literal"],
  [
    "a cache's token is written down",
    literalSecrets,
    "prod",
    "aws_elasticache_replication_group",
    (v) => (v.auth_token = "hunter2"),
    "auth_token is",
  ],
  [
    "a stored secret is written down",
    literalSecrets,
    "prod",
    "aws_secretsmanager_secret_version",
    (v) => (v.secret_string = "hunter2"),
    "secret_string is",
  ],
  [
    "a Secret has a literal",
    literalSecrets,
    "local",
    "kubernetes_secret_v1",
    (v) => (v.data = { password: "hunter2" }),
    "data.password is",
  ],
  [
    "a list of passwords has a literal",
    literalSecrets,
    "prod",
    "aws_elasticache_user",
    (v) => (v.authentication_mode = { passwords: ["hunter2"] }),
    "passwords",
  ],
  [
    "a variable is a password",
    literalSecrets,
    "prod",
    "kubernetes_job_v1",
    (v) =>
      (container(v).env = [
        { name: "PGPASSWORD", value: "x" },
        { name: "DB_PASSWORD", value: "hunter2" },
      ]),
    "variable DB_PASSWORD",
  ],

  [
    "any namespace is trusted",
    workloadTrust,
    "prod",
    "aws_iam_role",
    trust(/"aws:RequestTag\/kubernetes-namespace":"[^"]*",/, ""),
    "kubernetes-namespace is undefined",
  ],
  [
    "any service account is trusted",
    workloadTrust,
    "prod",
    "aws_iam_role",
    trust(/(kubernetes-service-account":")[^"]*/, "$1*"),
    'service-account is "*"',
  ],
  [
    "any account is trusted",
    workloadTrust,
    "prod",
    "aws_iam_role",
    trust(/"aws:SourceAccount":"\d+",/, ""),
    "aws:SourceAccount is undefined",
  ],
  ["any cluster is trusted", workloadTrust, "prod", "aws_iam_role", trust(/"ArnEquals"/, '"ArnLike"'), "aws:SourceArn is missing"],
  [
    "a token of any audience is trusted",
    workloadTrust,
    "dev with IRSA",
    "aws_iam_role",
    trust(/,"[^"]*:aud":"[^"]*"/, ""),
    ":aud is undefined",
  ],
  [
    "a token of any account is trusted",
    workloadTrust,
    "dev with IRSA",
    "aws_iam_role",
    trust(/(system:serviceaccount:)[^"]*/, "$1*"),
    ":sub is",
  ],
  [
    "a token is trusted by a pattern",
    workloadTrust,
    "dev with IRSA",
    "aws_iam_role",
    trust(/"StringEquals"/, '"StringLike"'),
    "condition StringLike",
  ],

  [
    "a cache takes plain text, too",
    replicatedCaches,
    "prod",
    "aws_elasticache_replication_group",
    (v) => (v.transit_encryption_mode = "preferred"),
    "transit_encryption_mode is preferred",
  ],
  [
    "a cache is in one zone",
    replicatedCaches,
    "prod",
    "aws_elasticache_replication_group",
    (v) => (v.multi_az_enabled = false),
    "multi_az_enabled is false",
  ],
  [
    "a cache does not fail over",
    replicatedCaches,
    "prod",
    "aws_elasticache_replication_group",
    (v) => delete v.automatic_failover_enabled,
    "failover_enabled is undefined",
  ],
  [
    "a cache asks nobody who they are",
    replicatedCaches,
    "prod",
    "aws_elasticache_replication_group",
    (v) => delete v.user_group_ids,
    "nobody would have to sign in",
  ],

  [
    "a bucket takes plain HTTP",
    encryptedRequests,
    "prod",
    "aws_s3_bucket_policy",
    (v) => (v.policy = String(v.policy).replaceAll("aws:SecureTransport", "aws:x")),
    "no policy",
  ],
  [
    "only objects refuse it",
    encryptedRequests,
    "prod",
    "aws_s3_bucket_policy",
    (v) => (v.policy = String(v.policy).replace(/"\$\{[^}]*\.arn\}",/, "")),
    "no policy",
  ],
  [
    "only some requests are refused",
    encryptedRequests,
    "prod",
    "aws_s3_bucket_policy",
    (v) => (v.policy = String(v.policy).replace('{"Bool"', '{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"Bool"')),
    "no policy",
  ],
  [
    "a policy is of another bucket",
    encryptedRequests,
    "prod",
    "aws_s3_bucket_policy",
    (v) => (v.bucket = "${aws_s3_bucket.Other.id}"),
    "no policy",
  ],
];

/** The same change in every stack. */
export function changed(stacks: Stacks, type: string, change: (values: Values) => void): Stacks {
  const copy = structuredClone(stacks);
  const found = Object.values(copy).flatMap(({ resource }) => Object.values(resource?.[type] ?? {}));
  if (found.length === 0) throw new Error(`no ${type}`);
  for (const values of found) change(values as Values);
  return copy;
}

/** A block to be changed; cdktf writes a single one as a list or not. */
function block(value: unknown): Values {
  return (Array.isArray(value) ? value[0] : value) as Values;
}

function pod({ spec }: Values): Values {
  return block(block(block(spec).template).spec);
}

function container(values: Values): Values {
  return block(pod(values).container);
}

function context(values: Values): Values {
  return block(container(values).security_context);
}
