import { EcrRegistry } from "../../../constructs/registry/ecr-registry";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { images, itHonoursRegistry } from "../../contracts/registry";
import { statementsOf, synthesizedStack, type SynthesizedStack } from "../../synthesized";

const { dev, prod } = environments;

/** Role of the nodes, as it crosses from the cluster. */
const nodeRole = "arn:aws:iam::000000000001:role/ml-platform-dev-node";

itHonoursRegistry("EcrRegistry", dev, (scope, id) => new EcrRegistry(scope, id, { environment: dev, images, pullPrincipals: [nodeRole] }));

describe("EcrRegistry", () => {
  const stack = registryOf(dev);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_ecr_lifecycle_policy", // one for each of three images
      "aws_ecr_lifecycle_policy",
      "aws_ecr_lifecycle_policy",
      "aws_ecr_repository",
      "aws_ecr_repository",
      "aws_ecr_repository",
      "aws_ecr_repository_policy",
      "aws_ecr_repository_policy",
      "aws_ecr_repository_policy",
      "aws_kms_alias",
      "aws_kms_key", // of all repositories
    ]);
  });

  it("has a repository for each image: immutable, scanned, under its own key", () => {
    expect(stack.all("aws_ecr_repository").map(({ name }) => name)).toEqual(images.map((image) => `ml-platform-dev/${image}`));
    for (const repository of stack.all("aws_ecr_repository")) {
      expect(repository).toMatchObject({
        image_tag_mutability: "IMMUTABLE",
        image_scanning_configuration: { scan_on_push: true },
        encryption_configuration: [{ encryption_type: "KMS", kms_key: `\${${stack.address("aws_kms_key")}.arn}` }],
      });
    }
  });

  it("lets nodes pull and nobody do more", () => {
    for (const { policy } of stack.all("aws_ecr_repository_policy")) {
      expect(statementsOf(policy)).toEqual([
        {
          Sid: "PullByNodes",
          Effect: "Allow",
          Principal: { AWS: [nodeRole] },
          Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        },
      ]);
    }
  });

  it("drops untagged images after a week, and the oldest beyond what the environment keeps", () => {
    for (const { policy } of registryOf(prod).all("aws_ecr_lifecycle_policy")) {
      const { rules } = JSON.parse(String(policy)) as { rules: readonly unknown[] };
      expect(rules).toMatchObject([
        { rulePriority: 1, selection: { tagStatus: "untagged", countNumber: 7, countUnit: "days" }, action: { type: "expire" } },
        { rulePriority: 2, selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 200 }, action: { type: "expire" } },
      ]);
    }
  });

  it.each([
    ["keeps images", prod, true],
    ["gives images up when the environment is disposable", dev, false],
  ])("%s", (_, environment, kept) => {
    const registry = registryOf(environment);
    for (const repository of registry.all("aws_ecr_repository")) {
      expect(repository).toMatchObject({ force_delete: !kept, lifecycle: { prevent_destroy: kept } });
    }
    expect(registry.one("aws_kms_key")).toMatchObject({ lifecycle: { prevent_destroy: kept } });
  });
});

function registryOf(environment: AwsEnvironment): SynthesizedStack {
  return synthesizedStack(environment, "platform", (scope) => {
    new EcrRegistry(scope, "Registry", { environment, images, pullPrincipals: [nodeRole] });
  });
}
