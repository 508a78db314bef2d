import { applications } from "../../applications/index";
import { longestRolePurpose } from "../../constructs/shared/naming";
import { environments } from "../../environments/index";
import { onAws } from "../../environments/targets";
import { statementsOf, type Statement } from "../synthesized";
import { synthesizedEnvironments } from "./synthesized-environments";

const { stacks } = synthesizedEnvironments();
const aws = onAws(Object.values(environments)).map(({ name }) => name);

/** Every policy that IAM or a service with resource policies reads, with its place. */
const policies = Object.entries(stacks).flatMap(([stack, { resources }]) =>
  resources
    .filter(({ type }) => type !== "aws_ecr_lifecycle_policy") // no policy of IAM
    .flatMap(({ type, name, values }) =>
      [values.policy, values.assume_role_policy]
        .filter((policy) => policy !== undefined)
        .map((policy) => ({ place: `${stack}: ${type}.${name}`, type, policy: String(policy) })),
    ),
);
const statements = policies.flatMap(({ place, type, policy }) => statementsOf(policy).map((statement) => ({ place, type, statement })));

describe("policies", () => {
  it("are found", () => {
    expect([...new Set(policies.map(({ type }) => type))].sort()).toEqual([
      "aws_ecr_repository_policy",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_kms_key",
      "aws_s3_bucket_policy",
      "aws_sns_topic_policy",
      "aws_sqs_queue_policy",
    ]);
  });

  it("are literal JSON that scanners read, of the current version", () => {
    for (const { place, policy } of policies) {
      expect([place, (JSON.parse(policy) as { Version: string }).Version]).toEqual([place, "2012-10-17"]);
    }
    const ofAws = Object.values(stacks).flatMap(({ resources }) => resources.filter(({ type }) => type.startsWith("aws_")));
    expect(JSON.stringify(ofAws)).not.toContain("jsonencode(");
    expect(Object.values(stacks).flatMap(({ json }) => Object.keys(json.data ?? {}))).not.toContain("aws_iam_policy_document");
  });

  it("name every statement, each name once, in the letters that IAM takes", () => {
    for (const { place, policy } of policies) {
      const sids = statementsOf(policy).map(({ Sid }) => Sid);
      expect([place, sids.filter((sid, index) => !/^[A-Za-z0-9]+$/.test(sid) || sids.indexOf(sid) !== index)]).toEqual([place, []]);
    }
  });

  it("never allow everything", () => {
    const broad = statements.filter(
      ({ statement }) => statement.Effect === "Allow" && actionsOf(statement).some((action) => action === "*" || /^\w+:\*$/.test(action)),
    );
    // The account keeps its own keys usable; without this statement nobody could ever change a key.
    expect(broad.filter(({ type, statement }) => !(type === "aws_kms_key" && statement.Sid === "Account"))).toEqual([]);
    expect(statements.filter(({ statement }) => actionsOf(statement).includes("*"))).toEqual([]);
  });

  it("never allow everybody", () => {
    const everybody = statements.filter(
      ({ statement }) => statement.Effect === "Allow" && JSON.stringify(statement.Principal ?? "").includes('"*"'),
    );
    expect(everybody).toEqual([]);
  });

  it("let services of AWS act for our account or our resource only", () => {
    const services = statements.filter(({ statement }) => JSON.stringify(statement.Principal ?? "").includes("Service"));
    const unbound = services
      .filter(({ statement }) => !/SourceAccount|SourceArn|EncryptionContext/.test(JSON.stringify(statement.Condition ?? {})))
      .map(({ statement }) => (statement.Principal as { Service: string }).Service);
    // The trust of these services has no condition in AWS' own documentation. AWS Backup, EC2, EKS and RDS Proxy pass roles of
    // the account only; load balancers log to a path with their account.
    expect(new Set(unbound)).toEqual(
      new Set([
        "backup.amazonaws.com",
        "ec2.amazonaws.com",
        "eks.amazonaws.com",
        "logdelivery.elasticloadbalancing.amazonaws.com",
        "rds.amazonaws.com",
      ]),
    );
  });
});

describe("roles", () => {
  const roles = Object.entries(stacks).flatMap(([stack, synthesized]) =>
    synthesized.all("aws_iam_role").map(({ name }) => ({ environment: stack.split("-")[0] ?? "", name: String(name) })),
  );
  const purposes = roles.map(({ environment, name }) => name.replace(`ml-platform-${environment}-`, ""));

  it("have names of at most 64 characters", () => {
    expect(new Set(roles.map(({ environment }) => environment))).toEqual(new Set(aws));
    expect(roles.filter(({ name }) => name.length > 64)).toEqual([]);
  });

  it("of the platform have no purpose longer than the one that the rules of names reckon with", () => {
    const ofWorkloads = applications.flatMap(({ name, workloads }) => Object.keys(workloads).map((one) => `${name}-${one}`));
    const own = purposes.filter((purpose) => !ofWorkloads.includes(purpose)); // the rules of applications judge those of workloads
    const longest = Math.max(...own.map((purpose) => purpose.length));
    expect(own.filter((purpose) => purpose.length === longest)).toContain(longestRolePurpose);
  });

  it("get policies of AWS in the partition of their region", () => {
    for (const [stack, synthesized] of Object.entries(stacks)) {
      for (const { policy_arn } of synthesized.all("aws_iam_role_policy_attachment")) {
        expect([stack, policy_arn]).toEqual([stack, expect.stringMatching(/^arn:aws:iam::aws:policy\/[\w-]+(\/[\w-]+)?$/)]);
      }
    }
  });
});

function actionsOf({ Action }: Statement): readonly string[] {
  return typeof Action === "string" ? [Action] : Action;
}
