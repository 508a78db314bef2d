import { block, blocks, text, type Fields } from "./fields";
import { templatesOf } from "./pods";
import { addressOf, type Written, type WrittenStacks } from "./written-stacks";

/** Pods may do something. */
export interface Grant {
  readonly pods: string;
  /** As it is called in policies: `s3:GetObject`. */
  readonly action: string;
  /** Bucket without the environment's prefix and account, or what else the policy names. */
  readonly on: string;
}

/** Pods that no stack has a template of, and what they sign in with. */
export interface Holder {
  readonly name: string;
  /** Service accounts, or secrets with the keys of a user of MinIO: `<namespace>/<name>`. @default nothing */
  readonly signsInWith?: readonly string[];
}

/**
 * What pods may do by their identities, as roles of AWS or users of MinIO. What is denied on top of it is left out.
 * @param unwritten pods that no stack has a template of
 */
export function grantsOf(stacks: WrittenStacks, unwritten: readonly Holder[]): readonly Grant[] {
  return [...byRoles(stacks, unwritten), ...byUsers(stacks, unwritten)];
}

/** Pods get the role that Pod Identity associates with their service account, or that their token is trusted for. */
function byRoles(stacks: WrittenStacks, unwritten: readonly Holder[]): readonly Grant[] {
  const written = templatesOf(stacks).flatMap(({ name, namespace, spec, stack }) => {
    const { service_account_name = "default" } = spec;
    return [{ pods: name, account: `${namespace}/${stacks.literal(stack, service_account_name)}` }];
  });
  const accounts = [
    ...written,
    ...unwritten.flatMap(({ name, signsInWith = [] }) => signsInWith.map((account) => ({ pods: name, account }))),
  ];
  return stacks.all("aws_iam_role").flatMap((role) => {
    const grants = allowedTo(stacks, role);
    const holders = new Set([...associatedWith(stacks, role), ...trustedBy(role)]);
    return accounts.filter(({ account }) => holders.has(account)).flatMap(({ pods }) => grants.map((grant) => ({ pods, ...grant })));
  });
}

function associatedWith(stacks: WrittenStacks, role: Written): readonly string[] {
  return stacks
    .all("aws_eks_pod_identity_association")
    .filter(({ stack, values }) => stacks.target(stack, values.role_arn)?.resource === role)
    .map(({ stack, values }) => `${stacks.literal(stack, values.namespace)}/${stacks.literal(stack, values.service_account)}`);
}

function trustedBy({ values }: Written): readonly string[] {
  const subjects = text(values.assume_role_policy).matchAll(/"system:serviceaccount:([^":]+):([^":]+)"/g);
  return [...subjects].map(([, namespace, account]) => `${namespace}/${account}`);
}

function allowedTo(stacks: WrittenStacks, role: Written): readonly Omit<Grant, "pods">[] {
  const ofRole = ({ stack, values }: Written) => stacks.target(stack, values.role)?.resource === role;
  const managed = stacks.all("aws_iam_role_policy_attachment").filter(ofRole);
  return [
    ...stacks
      .all("aws_iam_role_policy")
      .filter(ofRole)
      .flatMap(({ values }) => allowedBy(values.policy)),
    ...managed.map((attachment) => ({ action: "whatever is in", on: addressOf(attachment) })),
  ];
}

/** Pods that take a user's keys as variables are that user; a job gives it a policy from a ConfigMap. */
function byUsers(stacks: WrittenStacks, unwritten: readonly Holder[]): readonly Grant[] {
  const templates = templatesOf(stacks);
  return templates.flatMap(({ spec, stack }) => {
    const user = blocks(block(spec.container).env).find(({ name }) => name === "NEW_USER")?.value;
    if (user === undefined) return [];
    const maps = blocks(spec.volume).map(({ config_map }) => stacks.target(stack, block(config_map).name)?.resource);
    const grants = maps.flatMap((map) => allowedBy(block(map?.values.data)["policy.json"]));
    const secrets = new Set(
      stacks
        .all("kubernetes_secret_v1")
        .filter(({ values }) => block(values.data).AWS_ACCESS_KEY_ID === user)
        .map((secret) => secretName(stacks, secret.stack, block(secret.values.metadata))),
    );
    const holders = templates.filter((pods) =>
      blocks(pods.spec.container).some(({ env_from }) =>
        blocks(env_from).some(
          ({ secret_ref }) =>
            secret_ref !== undefined && secrets.has(`${pods.namespace}/${stacks.literal(pods.stack, block(secret_ref).name)}`),
        ),
      ),
    );
    const others = unwritten.filter(({ signsInWith = [] }) => signsInWith.some((secret) => secrets.has(secret)));
    return [...holders, ...others].flatMap(({ name }) => grants.map((grant) => ({ pods: name, ...grant })));
  });
}

function secretName(stacks: WrittenStacks, stack: string, { name, namespace }: Fields): string {
  return `${stacks.literal(stack, namespace)}/${text(name)}`;
}

function allowedBy(policy: unknown): readonly Omit<Grant, "pods">[] {
  if (policy === undefined) return [];
  return blocks((JSON.parse(text(policy)) as Fields).Statement)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) => listed(statement.Action).flatMap((action) => subjectsOf(statement).map((on) => ({ action, on }))));
}

/** What a statement is about. Keys are those of buckets, where a condition says so. */
function subjectsOf({ Action, Condition, Resource }: Fields): readonly string[] {
  const forBuckets = block(block(Condition).StringLike)["kms:EncryptionContext:aws:s3:arn"];
  const isKey = listed(Action).every((action) => action.startsWith("kms:"));
  const subjects = isKey && forBuckets !== undefined ? listed(forBuckets) : listed(Resource);
  return [...new Set(subjects.map(subjectOf))];
}

function subjectOf(arn: string): string {
  const [, bucket] = /^arn:aws:s3:::[a-z-]+?-(?:local|dev|staging|prod)-(.+?)(?:-\d{12})?(?:\/\*)?$/.exec(arn) ?? [];
  const [, user] = /^arn:aws:rds-db:.+:dbuser:.+\/(.+)$/.exec(arn) ?? [];
  return bucket ?? user ?? arn;
}

function listed(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(text);
}
