import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { policyDocument } from "../identity/policy-document";
import { requireImage } from "./require-image";
import { awsNames } from "../shared/naming";
import type { IRegistry, RegistryProps } from "./registry";

export interface EcrRegistryProps extends RegistryProps {
  readonly environment: AwsEnvironment;
}

/** How long an image without a tag is kept, in days: long enough to look into a failed build. */
const untaggedDays = 7;

/** ECR with one repository for each image. */
export class EcrRegistry extends Construct implements IRegistry {
  readonly address: string;
  /** Escape hatch. */
  readonly repositories: readonly EcrRepository[];
  private readonly props: EcrRegistryProps;

  constructor(scope: Construct, id: string, props: EcrRegistryProps) {
    super(scope, id);
    this.props = props;
    const { environment } = props;
    const names = awsNames(environment);
    this.address = `${environment.accountId}.dkr.ecr.${environment.region}.amazonaws.com`;
    const key = new KmsEncryptionKey(this, "Key", {
      environment,
      alias: names.keyAlias("registry"),
      description: `Images of ${names.prefix}`,
      preventDestroy: !environment.disposable,
    });
    this.repositories = props.images.map((image) => this.createRepository(image, key));
  }

  imageName(image: string): string {
    requireImage(this, this.props.images, image);
    return `${this.address}/${awsNames(this.props.environment).repository(image)}`;
  }

  private createRepository(image: string, key: KmsEncryptionKey): EcrRepository {
    const { environment } = this.props;
    const repository = new EcrRepository(this, `Repository-${image}`, {
      name: awsNames(environment).repository(image),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: key.arn }],
      forceDelete: environment.disposable,
      lifecycle: { preventDestroy: !environment.disposable },
    });
    new EcrLifecyclePolicy(this, `Lifecycle-${image}`, {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          expiry(1, "Untagged images", {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: untaggedDays,
          }),
          expiry(2, "Oldest images", { tagStatus: "any", countType: "imageCountMoreThan", countNumber: environment.registry.keepImages }),
        ],
      }),
    });
    new EcrRepositoryPolicy(this, `Policy-${image}`, {
      repository: repository.name,
      policy: policyDocument({
        Sid: "PullByNodes",
        Effect: "Allow",
        Principal: { AWS: this.props.pullPrincipals },
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      }),
    });
    return repository;
  }
}

function expiry(rulePriority: number, description: string, selection: Readonly<Record<string, string | number>>) {
  return { rulePriority, description, selection, action: { type: "expire" } };
}
